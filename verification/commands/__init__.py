"""The smaller sub-commands of ``python -m verification``, each with ``add_arguments`` and ``main``."""
