"""How good the answers are: questions with what is known of their answers, measures, runs, reports."""
