"""Names of documents and ids of examples: any book's, as long as they are safe file names."""

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

LONGEST = 100  # characters, of either part of an id
REST = rf"{{0,{LONGEST - 1}}}"
DOCUMENT = rf"(?!.*\.\.)[a-z0-9][a-z0-9._-]{REST}"
STEM = rf"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{REST}"
VARIANT = r"@[0-9]+(-[0-9]+)+x[0-9]+"  # layer sizes and samples; only a variant's id has it
RULE = f"at most {LONGEST} characters, letters a-z, digits, '.', '_' and '-', a letter or digit first, no '..'"


def document_name(text: str) -> str:
    """The name of a document, which is the name of its folder.

    Raises:
        ValueError: where it is not a safe name for a folder.

    """
    if not re.fullmatch(DOCUMENT, text):
        raise ValueError(f"{text!r} is not the name of a document; accepted: {RULE}")
    return text


def example_id(text: str) -> str:
    """The id of an example, ``<folder>/<file name without .toml>``; that of a variant ends in ``@``, its layer sizes and samples.

    Raises:
        ValueError: where a part is not a safe name for a folder or file.

    """
    folder, _, rest = text.partition("/")
    stem, at, sizes = rest.partition("@")
    if not (re.fullmatch(DOCUMENT, folder) and re.fullmatch(STEM, stem) and re.fullmatch(f"({VARIANT})?", at + sizes)):
        raise ValueError(f"{text!r} is not an id; accepted: FOLDER/FILE, without '.toml', each of {RULE}; in FILE also letters A-Z")
    return text


DocumentName = Annotated[str, AfterValidator(document_name), WithJsonSchema({"type": "string", "pattern": f"^{DOCUMENT}$"})]
ExampleId = Annotated[str, AfterValidator(example_id), WithJsonSchema({"type": "string", "pattern": f"^{DOCUMENT}/{STEM}$"})]
