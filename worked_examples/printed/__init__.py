"""From a console's text to numbers, and from numbers to claims."""
