"""IPTC's words for how a picture came to be, and this site's marks in them. No Django: a child process reads it.

The vocabulary: https://cv.iptc.org/newscodes/digitalsourcetype/
"""

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# What is written for each mark.
WORDS = {
    "ai_generated": "trainedAlgorithmicMedia",
    "ai_edited": "compositeWithTrainedAlgorithmicMedia",
    "photograph": "digitalCapture",
    "illustration": "digitalCreation",
}
# What is understood in the files of others, the word that admits most first. Words that say too little for one of
# our marks ("composite") are left out, and so is C2PA's "empty".
MEANINGS = {
    "ai_generated": ["trainedAlgorithmicMedia", "trainedAlgorithmicData"],
    "ai_edited": ["compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"],
    "illustration": [
        *("digitalCreation", "digitalArt", "softwareImage", "algorithmicMedia", "dataDrivenMedia"),
        *("virtualRecording", "screenCapture"),
    ],
    "photograph": [
        *("digitalCapture", "computationalCapture", "compositeCapture", "negativeFilm", "positiveFilm", "print"),
        *("humanEdits", "minorHumanEdits", "algorithmicallyEnhanced"),
    ],
}


def address_of(mark):
    return VOCABULARY + WORDS[mark]
