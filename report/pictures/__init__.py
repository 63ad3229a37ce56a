"""The report's pictures, each as SVG."""
