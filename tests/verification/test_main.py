"""``python -m verification``: every command has its options and says how it ended."""

import argparse
import importlib

import pytest

cli = importlib.import_module("verification.__main__")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its line of help is its description."""
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert cli.COMMANDS[name].help.split()[0] in capsys.readouterr().out


def test_a_command_gets_its_options_and_gives_the_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit status is what the command returns."""
    received = list[argparse.Namespace]()

    def main(options: argparse.Namespace) -> int:
        received.append(options)
        return 3

    monkeypatch.setattr(cli, "COMMANDS", {"certify": cli.COMMANDS["certify"]._replace(main=main)})
    assert cli.main(["certify", "numpy-dnn/311_1", "--update"]) == 3
    assert [(options.ids, options.update) for options in received] == [(["numpy-dnn/311_1"], True)]


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the commands."""
    with pytest.raises(SystemExit):
        cli.main(["certified"])
    assert "certify" in capsys.readouterr().err
