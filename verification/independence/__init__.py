"""Did an engine compute by itself? Its calls are watched while it computes with numbers that nobody has seen."""
