#include "models/nodes/sessions/recording_export.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/terminal/html_export.h"
#include "backend/terminal/terminal.h"

#include <QSaveFile>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int64_t kRowsAtOnce = 2000; // written before the next ones are put together

    // The terminal after the whole recording. A full-screen program that was open at the end gives way to the screen under it.
    void playInto(Terminal &terminal, const Recording &recording)
    {
        for (const RecordingEvent &event : recording.events) {
            if (event.kind == RecordingEvent::Kind::Resize)
                terminal.resize({event.columns(), event.rows()});
            else if (event.kind == RecordingEvent::Kind::Output)
                terminal.write({recording.bytes.constData() + event.begin, event.size});
            terminal.takeReplies(); // for nobody
        }
        terminal.write("\033[?1049l");
    }

    // Rows [first, end) in parts that `write` takes until it cannot.
    bool writeRows(const Terminal &terminal, const std::function<bool(const std::vector<LineCells> &)> &write)
    {
        const int64_t first = -terminal.historyRows();
        int64_t end = terminal.size().rows;
        LineCells line;
        while (end > first) { // blank rows at the end say nothing
            terminal.readRow(end - 1, line);
            if (line.textEnd() > 0)
                break;
            --end;
        }
        for (int64_t row = first; row < end;) {
            std::vector<LineCells> lines;
            // A part ends where a line does, as far as one can wait for it.
            for (; row < end
                 && (lines.size() < kRowsAtOnce || (lines.back().wraps && lines.size() < 2 * kRowsAtOnce));
                 ++row) {
                lines.emplace_back();
                terminal.readRow(row, lines.back());
            }
            if (!write(lines))
                return false;
        }
        return true;
    }

    std::string textOf(const std::vector<LineCells> &lines)
    {
        std::string text;
        for (const LineCells &line : lines) {
            line.appendText(text, 0, line.wraps ? line.cells.size() : line.textEnd());
            if (!line.wraps)
                text += '\n';
        }
        return withVisibleEscapes(text);
    }

    bool write(QSaveFile &file, std::string_view text)
    {
        return file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
    }

    bool writeHtml(QSaveFile &file, const Terminal &terminal, const RecordingExport &wish)
    {
        // Nothing in it can run or load, whatever slips through.
        const QString head = u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                             "style-src 'unsafe-inline'\">\n"
                             "<title>%1</title>\n</head>\n<body style=\"background:#%2\">\n"_s.arg(
                                 wish.title.toHtmlEscaped(),
                                 QString::number(wish.palette.background, 16).rightJustified(6, u'0'));
        return write(file, toStd(head)) && write(file, htmlBegin(wish.palette))
            && writeRows(terminal,
                         [&](const std::vector<LineCells> &lines) {
                             return write(file, htmlRows(lines, wish.palette))
                                 && (lines.back().wraps || write(file, "\n"));
                         })
            && write(file, htmlEnd()) && write(file, "\n</body>\n</html>\n");
    }
}

Result<void> saveRecording(const RecordingExport &wish, const QString &path)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    const auto refused = [&file] { return fail(errors::kInternal, file.errorString()); };
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return refused();
    if (wish.format == RecordingFormat::Cast) {
        if (file.write(wish.cast) != wish.cast.size() || !file.commit())
            return refused();
        return {};
    }
    Terminal terminal({wish.recording->columns, wish.recording->rows},
                      {.historyRows = History::kMostRows, .spillFolder = {}});
    playInto(terminal, *wish.recording);
    const bool isWritten = wish.format == RecordingFormat::Html
        ? writeHtml(file, terminal, wish)
        : writeRows(terminal,
                    [&file](const std::vector<LineCells> &lines) { return write(file, textOf(lines)); });
    if (!isWritten || !file.commit())
        return refused();
    return {};
}

void saveRecordingElsewhere(const RecordingExport &wish, const QString &path, QObject *context,
                            std::function<void(const QString &)> done)
{
    onResult(elsewhere<void>([wish, path] { return saveRecording(wish, path); }), context,
             [done = std::move(done)](const Result<void> &saved) {
                 done(saved ? QString() : QString::fromStdString(saved.error().message));
             });
}

}
