#include "backend/nodes/sessions/screen_text.h"

#include "backend/nodes/sessions/cast_line.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int64_t kHistoryRows = 20'000;
    constexpr int64_t kTakeHistoryEvery = 5'000; // lines, before the oldest are dropped

    template <typename Fn>
    void forEachLine(QByteArrayView text, Fn fn)
    {
        while (!text.isEmpty()) {
            const qsizetype end = text.indexOf('\n');
            fn(end < 0 ? text : text.first(end));
            text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        }
    }

    QString around(const QString &line, qsizetype at, qsizetype size)
    {
        qsizetype from = std::max<qsizetype>(0, at - (ScreenText::kMostLine - size) / 2);
        if (from > 0 && line[from].isLowSurrogate())
            --from;
        return line.mid(from, ScreenText::kMostLine).trimmed();
    }

    bool readSize(const QByteArray &text, int &columns, int &rows) // "132x43"
    {
        const qsizetype x = text.indexOf('x');
        bool isNumber = false;
        bool isNumberToo = false;
        columns = text.left(x).toInt(&isNumber);
        rows = text.mid(x + 1).toInt(&isNumberToo);
        return x > 0 && isNumber && isNumberToo && columns > 0 && rows > 0;
    }
}

ScreenText::ScreenText(int columns, int rows)
    : m_terminal({columns, rows}, {.historyRows = kHistoryRows, .spillFolder = {}})
{
}

QByteArray ScreenText::of(const QByteArray &cast)
{
    std::optional<ScreenText> screen;
    CastLine event;
    forEachLine(cast, [&](QByteArrayView line) {
        if (!screen) {
            const QJsonObject header = QJsonDocument::fromJson(line.toByteArray()).object();
            screen.emplace(header[u"width"_s].toInt(80), header[u"height"_s].toInt(24));
            return;
        }
        if (screen->m_text.size() >= kMost || !event.read(line))
            return;
        int columns = 0;
        int rows = 0;
        if (event.code == "o")
            screen->output(event.at / 1000, event.text);
        else if (event.code == "r" && readSize(event.text, columns, rows))
            screen->resize(columns, rows);
    });
    if (!screen)
        return {};
    screen->takeScreen();
    return std::move(screen->m_text);
}

void ScreenText::output(qint64 at, const QByteArray &bytes)
{
    if (m_isDirty && (at - m_at >= kRest || at - m_takenAt >= kEvery))
        takeScreen();
    const bool wasAlternate = m_terminal.modes().alternateScreen;
    m_at = at;
    m_isDirty = true;
    m_terminal.write({bytes.constData(), static_cast<size_t>(bytes.size())});
    (void)m_terminal.takeReplies(); // there is nobody to answer
    (void)m_terminal.takeNews();
    if (wasAlternate != m_terminal.modes().alternateScreen
        || m_terminal.history().endLine() - m_historyLine >= kTakeHistoryEvery)
        takeHistory();
}

void ScreenText::resize(int columns, int rows)
{
    takeScreen();
    m_terminal.resize({columns, rows});
    m_historyLine = m_terminal.history().endLine(); // what moved across the border was shown already
}

void ScreenText::add(std::string_view line)
{
    if (line.find_first_not_of(" \t") == std::string_view::npos || m_text.size() >= kMost)
        return;
    m_text += QByteArray::number(m_at);
    m_text += '\t';
    m_text.append(line.data(), static_cast<qsizetype>(line.size()));
    m_text += '\n';
}

void ScreenText::takeHistory()
{
    const History &history = m_terminal.history();
    LineCells cells;
    std::string line;
    for (int64_t at = std::max(m_historyLine, history.firstLine()); at < history.endLine(); ++at) {
        history.readLine(at, cells);
        line.clear();
        cells.appendText(line, 0, cells.textEnd());
        if (!m_shown.contains(std::hash<std::string_view>()(line)))
            add(line);
    }
    m_historyLine = history.endLine();
}

void ScreenText::takeScreen()
{
    if (!m_isDirty)
        return;
    m_isDirty = false;
    m_takenAt = m_at;
    takeHistory();
    std::unordered_set<size_t> shown;
    const std::string screen = m_terminal.text(0, m_terminal.size().rows, true);
    forEachLine(screen, [&](QByteArrayView line) {
        const std::string_view text(line.data(), static_cast<size_t>(line.size()));
        const size_t hash = std::hash<std::string_view>()(text);
        if (shown.insert(hash).second && !m_shown.contains(hash))
            add(text);
    });
    m_shown = std::move(shown);
}

ScreenText::Found ScreenText::find(const QByteArray &text, const QString &wanted,
                                   Qt::CaseSensitivity sensitivity, int most)
{
    Found found;
    if (wanted.isEmpty())
        return found;
    forEachLine(text, [&](QByteArrayView each) {
        const qsizetype tab = each.indexOf('\t');
        if (found.isCut || tab < 0)
            return;
        const QString line = QString::fromUtf8(each.sliced(tab + 1));
        const qsizetype at = line.indexOf(wanted, 0, sensitivity);
        if (at < 0)
            return;
        if (found.hits.size() >= most) {
            found.isCut = true;
            return;
        }
        found.hits.append({each.first(tab).toLongLong(), around(line, at, wanted.size())});
    });
    return found;
}

}
