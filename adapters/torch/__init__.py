"""PyTorch on the CPU.

Beside the modules of every engine there is ``call_names``.
"""
