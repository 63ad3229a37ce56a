"""From the results of a run to what an author reads (HTML, Markdown) and what a CI job reads (JUnit)."""
