#pragma once
// A recording as a file for other programs: asciinema v2 as the engine keeps it, or all that its terminal showed in the end, with what had
// scrolled away, as text or as HTML. Written whole or not at all, for its owner's eyes alone. Any thread; takes seconds for a long one.

#include "backend/core/result.h"
#include "backend/terminal/terminal_palette.h"
#include "models/nodes/sessions/recording.h"

#include <functional>

namespace fb {

enum class RecordingFormat { Cast, Text, Html };

struct RecordingExport {
    std::shared_ptr<const Recording> recording;
    QByteArray cast;
    RecordingFormat format = RecordingFormat::Cast;
    TerminalPalette palette; // of HTML
    QString title; // of HTML: hostile
};

// The error's message is the file system's word.
Result<void> saveRecording(const RecordingExport &wish, const QString &path);
// On a thread of the pool; `done` on the context's, if that is still there.
void saveRecordingElsewhere(const RecordingExport &wish, const QString &path, QObject *context,
                            std::function<void(const QString &problem)> done);

}
