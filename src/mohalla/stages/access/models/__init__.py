from mohalla.stages.access.models.conversation import Conversation

__all__ = ["Conversation"]
