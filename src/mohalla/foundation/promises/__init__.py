"""What the police owe in return: to whom, what, by whom, due when, how it ended, said by whom."""
