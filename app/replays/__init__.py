"""Taking a production file once more, by the definition as it is or was, tried first or not."""
