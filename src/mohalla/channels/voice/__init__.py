"""The answering line: calls are taken, prompts are heard, keys and recordings are answers.

`port.py` is what a call can do; `sip/` is the line on a SIP stack in this process, `agi/` the one of
an Asterisk; `answer.py` runs a call over either. What the keys mean is `channels/keyed.py`'s handler.
"""
