"""MNIST, Fashion-MNIST, scikit-learn's handwritten digits and pretrained weights."""
