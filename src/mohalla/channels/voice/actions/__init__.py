from mohalla.channels.voice.actions.keep_prompt import keep_prompt, take_back
from mohalla.channels.voice.actions.take_answer import NotKept, take_answer

__all__ = ["NotKept", "keep_prompt", "take_answer", "take_back"]
