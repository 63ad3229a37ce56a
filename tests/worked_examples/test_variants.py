"""Variants: the same network at other sizes, with random weights and data, and without anything printed."""

from worked_examples import NetworkExample, load
from worked_examples.loading import ROOT
from worked_examples.variants import variants


def test_a_variant_has_its_sizes_and_nothing_printed() -> None:
    """Layer sizes and samples are those of its id; activations and loss are the example's; nothing printed remains."""
    example = load(ROOT / "numpy-dnn" / "exercise-I-H-M-O.toml")
    assert isinstance(example, NetworkExample)
    for built, variant in zip(variants(example), example.variants, strict=True):
        arrays = built.network.parameters("float64")
        sizes = [*(len(layer.kernel) for layer in arrays), arrays[-1].bias.size]
        assert (sizes, built.data.samples, built.id) == (variant.units, variant.samples, example.id + variant.suffix)
        assert [layer.activation for layer in built.network.layers] == [layer.activation for layer in example.network.layers]
        assert not any((built.printed, built.statements, built.errata, built.variants, built.training))
        assert (built.provenance, built.file) == ("random", example.file)


def test_a_variant_is_the_same_each_time() -> None:
    """Its weights and data come from its seed."""
    example = load(ROOT / "numpy-dnn" / "exercise-I-H-M-O.toml")
    assert isinstance(example, NetworkExample)
    assert list(variants(example)) == list(variants(example))
