"""Networks on images: data, training runs, predictions, pictures."""
