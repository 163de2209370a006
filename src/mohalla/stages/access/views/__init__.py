"""The pages of the front desk."""

from mohalla.stages.access.views.before_danger import card, on_the_way
from mohalla.stages.access.views.claim_desk import decision as claim
from mohalla.stages.access.views.claim_desk import overview as claims
from mohalla.stages.access.views.counter import counter
from mohalla.stages.access.views.help_now import help_now
from mohalla.stages.access.views.lost_receipt import lost
from mohalla.stages.access.views.paths import works
from mohalla.stages.access.views.recording import recording
from mohalla.stages.access.views.report import report
from mohalla.stages.access.views.studio import prompts
from mohalla.stages.access.views.studio import sound as prompt_sound
from mohalla.stages.access.views.track import track

__all__ = [
    "card",
    "claim",
    "claims",
    "counter",
    "help_now",
    "lost",
    "on_the_way",
    "prompt_sound",
    "prompts",
    "recording",
    "report",
    "track",
    "works",
]
