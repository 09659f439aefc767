"""The typeface of documents: Tinos has the measures of Times New Roman and every Vietnamese letter.

Fonts of the machine may not have them, so it comes along.
"""

from pathlib import Path

from django.conf import settings

FONT_FOLDER = Path(settings.NODE_MODULES) / "@expo-google-fonts" / "tinos"
FACES = {
    "400Regular/Tinos_400Regular.ttf": "font-weight: 400; font-style: normal",
    "400Regular_Italic/Tinos_400Regular_Italic.ttf": "font-weight: 400; font-style: italic",
    "700Bold/Tinos_700Bold.ttf": "font-weight: 700; font-style: normal",
    "700Bold_Italic/Tinos_700Bold_Italic.ttf": "font-weight: 700; font-style: italic",
}
