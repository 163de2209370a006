# Drawings do not break well: long lines are allowed here.
"""The pictures of matters, as the catalogue names them; drawn like those in `icons`."""

from __future__ import annotations

from mohalla.site.icons import ICONS

_STRUCK = '<path d="M4 4l16 16"/>'
_COIN = '<ellipse cx="12" cy="6.5" rx="7.5" ry="3"/><path d="M4.5 6.5v5.2c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6.5M4.5 11.7v5.2c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3v-5.2"/>'
_PAPER = '<path d="M5 3h8.5L18 7.5V21H5z"/><path d="M13 3v5h5"/>'
_HEAD = '<circle cx="10" cy="7.5" r="3.5"/><path d="M3.5 20c0-4.5 2.5-7 6.5-7"/>'
_LENS = '<circle cx="16" cy="15.5" r="3.5"/><path d="m18.5 18 3 3"/>'
_SHIELD = '<path d="M12 3c2.5 1.8 5 2.5 7.5 2.5C19.8 12.5 17.5 18 12 21 6.5 18 4.2 12.5 4.5 5.5 7 5.5 9.5 4.8 12 3z"/>'
_HEART = '<path d="M12 17s-4.5-2.7-4.5-5.7A2.4 2.4 0 0 1 12 10a2.4 2.4 0 0 1 4.5 1.3c0 3-4.5 5.7-4.5 5.7z"/>'

PICTURES = ICONS | {
    "badge": '<path d="m12 2.5 2.8 2.2 3.5-.2.9 3.4 2.8 2.1-1.4 3.2.6 3.5-3.4.9L15.3 20.5 12 19.3l-3.3 1.2-2.5-2.9-3.4-.9.6-3.5L2 10l2.8-2.1.9-3.4 3.5.2z"/><circle cx="12" cy="11.5" r="3"/>',
    "bag": '<path d="M5 8.5h14l1 12H4zM8.5 8.5V7a3.5 3.5 0 0 1 7 0v1.5"/><path d="M9 14h6"/>',
    "bars": '<path d="M4 3.5h16v17H4zM8 3.5v17M12 3.5v17M16 3.5v17"/>',
    "camera_no": ICONS["camera"] + _STRUCK,
    "card": '<path d="M2.5 5.5h19v13h-19zM2.5 10h19M6 15h4"/>',
    "chain": '<path d="M10 14a4 4 0 0 1 0-5.7l2.8-2.8a4 4 0 0 1 5.7 5.7L17 12.7M14 10a4 4 0 0 1 0 5.7l-2.8 2.8a4 4 0 0 1-5.7-5.7L7 11.3"/>',
    "child_search": '<circle cx="9" cy="6.5" r="3"/><path d="M3.5 11 7 12.5V21M14.5 11 11 12.5V21M7 12.5h4M9 16v5"/>'
    + _LENS,
    "coin": _COIN,
    "copyright": '<circle cx="12" cy="12" r="9"/><path d="M15.5 9a4.5 4.5 0 1 0 0 6"/>',
    "crack": '<path d="M4 4h16v16H4zM12 4l-2 5 4 3-3 4 1.5 4"/>',
    "door_closed": '<path d="M5 21V9c0-3 7-6.5 7-6.5S19 6 19 9v12zM3 21h18M12 6v15M14.5 13.5v1M9.5 13.5v1"/>',
    "face_sad": '<circle cx="12" cy="12" r="9"/><path d="M8.5 9.5v.5M15.5 9.5v.5M8 16.5c1.5-3 6.5-3 8 0"/>',
    "family": '<circle cx="7" cy="6" r="2.5"/><circle cx="17" cy="6" r="2.5"/><circle cx="12" cy="12.5" r="2"/><path d="M2.5 20c0-6 1.5-9 4.5-9M21.5 20c0-6-1.5-9-4.5-9M8 20.5c0-3 1.5-4.5 4-4.5s4 1.5 4 4.5"/>',
    "fist": '<path d="M5 10.5V8a1.8 1.8 0 0 1 3.5 0V6a1.8 1.8 0 0 1 3.5 0v.5a1.8 1.8 0 0 1 3.5 0V8a1.8 1.8 0 0 1 3.5 0v5c0 3-1.5 4.5-2.5 5.5V21h-9v-2.5C5.5 16.5 5 14 5 10.5h6.5a2 2 0 0 1 0 4H9"/>',
    "hand_stop": '<path d="M7 13V6.5a1.5 1.5 0 0 1 3 0V11 4.5a1.5 1.5 0 0 1 3 0V11 5.5a1.5 1.5 0 0 1 3 0V12 8a1.5 1.5 0 0 1 3 0v7c0 4-2.5 6-6 6s-5-1.5-6.5-4L3.5 13a1.5 1.5 0 0 1 2.3-1.6z"/>',
    "hazard": '<path d="M12 3.5 21.5 20h-19z"/><path d="m12.5 8.5-2.5 5h4l-2.5 4"/>',
    "house_broken": '<path d="M3 11.5 12 4l9 7.5M5.5 10v10h13V10"/><path d="m12 8-2 4 3.5 2-2.5 6"/>',
    "house_heart": '<path d="M2.5 11 12 3.5 21.5 11M5 9.5v11h14v-11"/>' + _HEART,
    "houses": '<path d="M2.5 12.5 8 8l5.5 4.5M4 11.5v9h8v-9M11 9.5 16.5 5l5 4M12 20.5h8V8M16 12v.5M16 16v.5M7 20.5v-4h2v4"/>',
    "land": '<path d="M3 6.5 9 4l6 2.5L21 4v13.5L15 20l-6-2.5L3 20zM9 4v13.5M15 6.5V20"/>',
    "lost": '<path d="M8 8.5V7a4 4 0 0 1 8 0v1.5M4.5 8.5h15V20h-15z"/><path d="M10.3 12.5a1.8 1.8 0 1 1 2.4 1.7c-.5.2-.7.5-.7 1M12 17.5v.1"/>',
    "magnifier": _PAPER + '<circle cx="11" cy="13.5" r="3"/><path d="m13.2 15.7 2.3 2.3"/>',
    "mask": '<path d="M2.5 8c3-1.5 6-1.5 9.5.5 3.5-2 6.5-2 9.5-.5 0 5-2 8-5 8-2 0-3.5-1.5-4.5-3-1 1.5-2.5 3-4.5 3-3 0-5-3-5-8zM6 11.5h3M15 11.5h3"/>',
    "megaphone": '<path d="M3.5 10v4.5h3l9 4.5V5.5l-9 4.5zM7.5 15l1.5 5h2.5l-1-3.8M18.5 9.5a4 4 0 0 1 0 5.5"/>',
    "money_hand": '<rect x="7" y="3" width="13" height="7" rx=".8"/><circle cx="13.5" cy="6.5" r="1.5"/><path d="M2.5 14h3.5l4-1.5h4a1.7 1.7 0 0 1 0 3.4h-3.5M14.5 15.5l4.5-2a1.6 1.6 0 0 1 1.5 2.8L14 20l-6-.5L6 20.5H2.5"/>',
    "money_threat": '<rect x="2.5" y="10.5" width="14" height="9" rx="1"/><circle cx="9.5" cy="15" r="2"/><path d="M19.5 3v6M19.5 12v.2"/>',
    "motorcycle": '<circle cx="5.5" cy="16.5" r="3.5"/><circle cx="18.5" cy="16.5" r="3.5"/><path d="M5.5 16.5 9 10.5h5l4.5 6M9 16.5h5l2-6.5-1.5-3.5h-3M4 9.5h4.5l.5 1"/>',
    "noise": ICONS["speaker"],
    "paper_cross": _PAPER + '<path d="m9 12 5 5M14 12l-5 5"/>',
    "paper_no": _PAPER + _STRUCK,
    "park": '<path d="M8 21v-5M8 16c-3 0-5-2-5-4.5 0-1.5 1-2.7 2-3.3C5 5 6.5 3.5 8 3.5S11 5 11 8.2c1 .6 2 1.8 2 3.3C13 14 11 16 8 16zM14 15.5h7M15 15.5V21M20 15.5V21M2.5 21h19"/>',
    "person_search": _HEAD + _LENS,
    "phone_warning": '<rect x="5" y="2.5" width="10" height="19" rx="1.5"/><path d="M9 18.5h2M19.5 6v6M19.5 15v.2"/>',
    "pill": '<path d="M10.5 20a4.6 4.6 0 0 1-6.5-6.5L13.5 4A4.6 4.6 0 0 1 20 10.5zM8.8 8.7l6.5 6.5"/>',
    "question_news": '<path d="M3 4.5h14V20H5a2 2 0 0 1-2-2zM17 9h4v9a2 2 0 0 1-4 0"/><path d="M8 9a2.2 2.2 0 1 1 3 2.1c-.7.3-1 .8-1 1.6M10 15.5v.1"/>',
    "ribbon": '<path d="M8 21 14.5 8c1-2 .5-5-2.5-5S8.5 6 9.5 8L16 21"/>',
    "ring_broken": '<path d="M9 9.7a6.5 6.5 0 1 0 6 0M9.5 3h5l1.5 2.5L12 9 8 5.5zM12 19v5"/>',
    "rope": '<circle cx="8" cy="14" r="5"/><circle cx="16" cy="14" r="5"/><path d="M12 3v6M9.5 5.5 12 3l2.5 2.5"/>',
    "scales": '<path d="M12 3v17.5M7.5 20.5h9M5 6.5h14M5 6.5 2.5 13h5zM19 6.5 16.5 13h5zM2.5 13a2.5 2.5 0 0 0 5 0M16.5 13a2.5 2.5 0 0 0 5 0"/>',
    "shadow": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/><circle cx="17" cy="6" r="2"/><path d="M13.5 11.5c.5-2 1.7-2.7 3.5-2.7s3 .7 3.5 2.7"/>',
    "shield_heart": _SHIELD + _HEART,
    "shield_person": _SHIELD
    + '<circle cx="12" cy="9.5" r="2.2"/><path d="M8 16c.3-2.5 1.7-3.5 4-3.5s3.7 1 4 3.5"/>',
    "snail": '<path d="M2.5 19h15c2.5 0 4-1.5 4-4V9M21.5 9 20 6.5M21.5 9l1-2.5"/><circle cx="10.5" cy="12.5" r="6"/><path d="M10.5 12.5a2 2 0 1 1 2 2.5c-3 .5-5-1-5-3.5"/>',
    "speech": '<path d="M3.5 4.5h17v12H12L7 20.5v-4H3.5z"/><path d="M12 13.5s-3-1.8-3-3.8a1.6 1.6 0 0 1 3-.9 1.6 1.6 0 0 1 3 .9c0 2-3 3.8-3 3.8z"/>',
    "steps": '<path d="M6 3.5c2 0 3 2 3 4.5 0 1.5-.5 2.5-.5 4H5c0-1.5-1-2.5-1-4.5 0-2.3 1-4 2-4zM5 14h3.5c0 2-.5 3-1.7 3S5 16 5 14zM17.5 7.5c1 0 2 1.7 2 4 0 2-1 3-1 4.5H15c0-1.5-.5-2.5-.5-4 0-2.5 1-4.5 3-4.5zM15 18h3.5c0 2-.6 3-1.8 3S15 20 15 18z"/>',
    "talk": '<path d="M2.5 4h11v8H8L5 14.5V12H2.5zM16 9h5.5v8H19v2.5L16 17h-5.5v-2"/>',
    "traffic": '<rect x="7.5" y="2.5" width="9" height="19" rx="2"/><circle cx="12" cy="6.8" r="1.8"/><circle cx="12" cy="12" r="1.8"/><circle cx="12" cy="17.2" r="1.8"/>',
    "tray": '<path d="M3 13.5 6 4.5h12l3 9V20H3zM3 13.5h5.5l1 2.5h5l1-2.5H21"/>',
    "walk": '<circle cx="13" cy="4.5" r="2"/><path d="M8 11.5 12 8.5l2 4 4 1.5M12 8.5l-1.5 6L7 21M11 14l3.5 3 .5 4.5"/>',
    "warning": ICONS["alert"],
    "weapon": '<path d="M3 7h17.5v4H13l-1 3.5H8.5L7.5 20H4l1.5-9H3zM9.5 11v3.5"/>',
}
