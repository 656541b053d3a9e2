#include "models/terminal/terminal_model.h"

#include "backend/core/text_safety.h"
#include "backend/terminal/html_export.h"
#include "models/terminal/terminal_worker.h"

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr auto kFrame = 16ms;
    constexpr auto kSize = 100ms;
    constexpr auto kOutput = 100ms;

    QString fromUtf8(const std::string &text)
    {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    }

    // The selected part of a row: a wide character is in it as a whole.
    std::pair<size_t, size_t> columnsOf(const TerminalSelection &selection, RowNumber row,
                                        const LineCells &line)
    {
        const bool hasBegin = selection.isBlock || row == selection.firstRow;
        const bool hasEnd = selection.isBlock || row == selection.lastRow;
        size_t from = hasBegin ? size_t(selection.firstColumn) : 0;
        size_t to = hasEnd ? size_t(selection.lastColumn) : line.cells.size();
        to = std::min(to, line.cells.size());
        from = std::min(from, to);
        if (from < to && line.cells[from].isWideTail())
            --from;
        if (to > from && to < line.cells.size() && line.cells[to].isWideTail())
            ++to;
        return {from, to};
    }

    // The rows of a selection in pieces, so that other terminals need not wait for a long one. Rows keep their numbers meanwhile: what is
    // written later is parsed later.
    struct Reader {
        static constexpr RowNumber kRows = 500;

        explicit Reader(const TerminalSelection &selection)
            : next(selection.firstRow),
              last(selection.lastRow)
        {
        }
        bool read(const Terminal &terminal) // true: there is more
        {
            const History &history = terminal.history();
            const RowNumber screenRow = history.droppedRows() + history.rows();
            next = std::max(next, history.droppedRows()); // others have left the history
            last = std::min(last, screenRow + terminal.size().rows - 1);
            begin = next;
            lines.clear();
            for (; next <= last && next < begin + kRows; ++next) {
                lines.emplace_back();
                terminal.readRow(next - screenRow, lines.back());
            }
            return next <= last;
        }

        RowNumber next;
        RowNumber last;
        RowNumber begin = 0; // of those that were read
        std::vector<LineCells> lines;
        std::string text;
    };

    void appendText(Reader &reader, const TerminalSelection &selection)
    {
        for (size_t i = 0; i < reader.lines.size(); ++i) {
            const LineCells &line = reader.lines[i];
            const RowNumber row = reader.begin + RowNumber(i);
            const bool isLast = row == reader.last;
            const auto [from, to] = columnsOf(selection, row, line);
            const bool goesOn = line.wraps && !selection.isBlock && !isLast;
            // Blanks at the end are cut, unless the line goes on.
            const size_t end = goesOn ? to : std::min(to, std::max(from, line.textEnd()));
            line.appendText(reader.text, from, end);
            if (!goesOn && !isLast)
                reader.text += '\n';
        }
    }

    void appendHtml(Reader &reader, const TerminalSelection &selection, const TerminalPalette &palette)
    {
        for (size_t i = 0; i < reader.lines.size(); ++i) {
            LineCells &line = reader.lines[i];
            const auto [from, to] = columnsOf(selection, reader.begin + RowNumber(i), line);
            line.cells.erase(line.cells.begin() + std::ptrdiff_t(to), line.cells.end());
            line.cells.erase(line.cells.begin(), line.cells.begin() + std::ptrdiff_t(from));
            line.wraps = line.wraps && !selection.isBlock;
        }
        const bool goesOn = reader.lines.empty() || reader.lines.back().wraps;
        reader.text += htmlRows(reader.lines, palette);
        if (!goesOn && reader.next <= reader.last)
            reader.text += '\n';
    }
}

TerminalModel::TerminalModel(TerminalThread &thread, Setup setup, QObject *parent)
    : QObject(parent),
      m_worker(new TerminalWorker(
          {setup.columns, setup.rows},
          {.historyRows = setup.scrollbackLines, .spillFolder = setup.spillFolder.toStdString()})),
      m_frameTimer(this),
      m_sizeTimer(this),
      m_outputTimer(this),
      m_columns(setup.columns),
      m_rows(setup.rows),
      m_toldColumns(setup.columns),
      m_toldRows(setup.rows)
{
    auto empty = std::make_shared<TerminalFrame>();
    empty->columns = setup.columns;
    empty->rows = setup.rows;
    empty->lines.assign(size_t(setup.rows), std::make_shared<const LineCells>());
    m_frame = std::move(empty);

    m_worker->moveToThread(thread.thread());
    connect(m_worker, &TerminalWorker::frameReady, this, [this] {
        if (!m_frameTimer.isActive()) // else it shows it
            present();
    });
    connect(m_worker, &TerminalWorker::consumed, this, &TerminalModel::takeConsumed);
    connect(m_worker, &TerminalWorker::replied, this, &TerminalModel::input);
    // Through a signal, so that one that is gone meanwhile is told nothing.
    connect(m_worker, &TerminalWorker::answered, this, [](const std::function<void()> &answer) { answer(); });
    connect(m_worker, &TerminalWorker::searchChanged, this, [this](const SearchState &state) {
        if (state.wish != m_searchState.wish)
            return; // of a search that was given up
        m_searchState = state;
        emit searchChanged();
    });
    m_frameTimer.setSingleShot(true);
    m_frameTimer.setInterval(kFrame);
    m_frameTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_frameTimer, &QTimer::timeout, this, &TerminalModel::present);
    m_sizeTimer.setSingleShot(true);
    m_sizeTimer.setInterval(kSize);
    connect(&m_sizeTimer, &QTimer::timeout, this, &TerminalModel::applySize);
    m_outputTimer.setSingleShot(true);
    m_outputTimer.setInterval(kOutput);
}

TerminalModel::~TerminalModel()
{
    m_worker->disconnect(this);
    m_worker->deleteLater();
}

void TerminalModel::takeConsumed()
{
    const qint64 bytes = m_worker->takeConsumed();
    if (bytes == 0)
        return;
    if (!m_outputTimer.isActive()) {
        m_outputTimer.start();
        emit outputArrived();
    }
    emit consumed(bytes);
}

void TerminalModel::tellNews()
{
    const TerminalNews news = m_worker->takeNews();
    if (news.title && fromUtf8(*news.title) != m_title) {
        m_title = fromUtf8(*news.title);
        emit titleChanged(m_title);
    }
    if (news.clipboard)
        emit clipboardWanted(fromUtf8(*news.clipboard));
    if (news.bell)
        emit bell();
}

void TerminalModel::present()
{
    takeConsumed();
    tellNews();
    std::shared_ptr<const TerminalFrame> frame = m_worker->takeFrame();
    if (!frame)
        return;
    m_frame = std::move(frame);
    m_frameTimer.start();
    emit frameChanged();
}

// ---- From the program ----------------------------------------------------------------------------------------------

void TerminalModel::write(const QByteArray &bytes) { m_worker->write(bytes); }

void TerminalModel::say(const QString &line)
{
    const std::string text = withVisibleEscapes(line.toStdString());
    m_worker->post([text](TerminalWorker &worker) {
        Terminal &terminal = worker.terminal();
        terminal.write(terminal.cursor().column > 0 ? "\033[0;2m\r\n" : "\033[0;2m");
        terminal.write(text);
        terminal.write("\033[0m\r\n");
        worker.changed();
    });
}

void TerminalModel::programEnded()
{
    m_worker->post([](TerminalWorker &worker) {
        // Leaving the alternate screen puts the cursor back where it was kept; on the main one that would be over its text.
        if (worker.terminal().modes().alternateScreen)
            worker.terminal().write("\033[?1049l");
        worker.terminal().write("\033[?9;1000;1002;1003;1004;2004;2026l\033[!p");
        worker.changed();
    });
}

void TerminalModel::clear(int columns, int rows)
{
    m_columns = m_toldColumns = columns;
    m_rows = m_toldRows = rows;
    m_worker->post([columns, rows](TerminalWorker &worker) { worker.restart({columns, rows}); });
}

// ---- To the screen -------------------------------------------------------------------------------------------------

void TerminalModel::resize(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    if (!m_sizeTimer.isActive())
        applySize();
}

void TerminalModel::setCellPixels(int width, int height)
{
    m_worker->post([width, height](TerminalWorker &worker) { worker.setCellPixels(width, height); });
}

void TerminalModel::resizeNow(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    applySize();
}

void TerminalModel::applySize()
{
    if (m_columns == m_toldColumns && m_rows == m_toldRows)
        return;
    m_toldColumns = m_columns;
    m_toldRows = m_rows;
    m_sizeTimer.start();
    m_worker->post(
        [size = TerminalSize {m_columns, m_rows}](TerminalWorker &worker) { worker.resize(size); });
    emit sizeChanged(m_columns, m_rows);
}

void TerminalModel::scrollTo(RowNumber top)
{
    m_worker->post([top](TerminalWorker &worker) { worker.scrollTo(std::max<RowNumber>(top, 0)); });
}

void TerminalModel::follow()
{
    m_worker->post([](TerminalWorker &worker) { worker.scrollTo(-1); });
}

bool TerminalModel::isProgramRunning() const
{
    return m_frame->modes.alternateScreen || m_frame->modes.commandRuns;
}

QByteArray TerminalModel::linkAt(RowNumber row, int column) const
{
    const LineCells *line = m_frame->line(row);
    if (line == nullptr || column < 0 || size_t(column) >= line->cells.size())
        return {};
    const uint32_t link = line->pens[line->cells[size_t(column)].pen].link;
    const auto at = m_frame->links.find(link);
    return at == m_frame->links.end() ? QByteArray() : at->second;
}

// ---- From the operator ---------------------------------------------------------------------------------------------

void TerminalModel::type(const QByteArray &bytes)
{
    emit typed(bytes);
    emit input(bytes);
    if (!m_frame->follows())
        follow();
}

bool TerminalModel::sendKey(int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    const QByteArray bytes = keyBytes(key, modifiers, text, m_frame->modes);
    if (bytes.isEmpty())
        return false;
    type(bytes);
    return true;
}

void TerminalModel::sendText(const QString &text) { type(text.toUtf8()); }

void TerminalModel::paste(const QString &text) { type(pasteBytes(text, m_frame->modes)); }

bool TerminalModel::sendMouse(const MouseReport &report)
{
    const QByteArray bytes = mouseBytes(report, m_frame->modes);
    if (bytes.isEmpty())
        return false;
    emit input(bytes);
    return true;
}

void TerminalModel::sendFocus(bool has)
{
    if (m_frame->modes.focusEvents)
        emit input(has ? "\033[I" : "\033[O");
}

// ---- All that it holds ---------------------------------------------------------------------------------------------

void TerminalModel::search(const SearchWish &wish)
{
    if (wish == m_searchState.wish)
        return;
    m_searchState.wish = wish; // its numbers stand until the first of the new ones: nothing flickers
    m_searchState.isComplete = false;
    m_worker->post([wish](TerminalWorker &worker) {
        worker.search().setWish(wish);
        worker.changed();
    });
}

void TerminalModel::searchNext(bool older)
{
    m_worker->post([older](TerminalWorker &worker) {
        worker.search().advance(worker.terminal()); // what it knows may be older than the screen
        worker.search().step(older);
        const RowNumber row = worker.search().state().currentRow;
        if (row >= 0)
            worker.reveal(row);
        worker.changed();
    });
}

void TerminalModel::textOf(const TerminalSelection &selection, std::function<void(const QString &)> done)
{
    m_worker->postLong(
        [selection, done = std::move(done), reader = Reader(selection)](TerminalWorker &worker) mutable {
            const bool hasMore = reader.read(worker.terminal());
            appendText(reader, selection);
            if (!hasMore)
                emit worker.answered([text = fromUtf8(reader.text), done] { done(text); });
            return hasMore;
        });
}

void TerminalModel::htmlOf(const TerminalSelection &selection, const TerminalPalette &palette,
                           std::function<void(const QString &)> done)
{
    m_worker->postLong([selection, palette, done = std::move(done),
                        reader = Reader(selection)](TerminalWorker &worker) mutable {
        const bool hasMore = reader.read(worker.terminal());
        appendHtml(reader, selection, palette);
        if (!hasMore) {
            const QString html = fromUtf8(htmlBegin(palette)) + fromUtf8(reader.text) + fromUtf8(htmlEnd());
            emit worker.answered([html, done] { done(html); });
        }
        return hasMore;
    });
}

void TerminalModel::wholeText(std::function<void(const QString &)> done)
{
    TerminalSelection all;
    all.lastRow = std::numeric_limits<RowNumber>::max();
    all.lastColumn = TerminalSize::kMost;
    textOf(all, [done = std::move(done)](const QString &text) {
        qsizetype end = text.size();
        while (end > 0 && text[end - 1] == u'\n')
            --end;
        done(text.left(end) + u'\n');
    });
}

void TerminalModel::promptFrom(RowNumber row, bool older, std::function<void(RowNumber)> done)
{
    m_worker->post([row, older, done = std::move(done)](TerminalWorker &worker) {
        const Terminal &terminal = worker.terminal();
        const History &history = terminal.history();
        const RowNumber first = history.droppedRows();
        const RowNumber screenRow = first + history.rows();
        const RowNumber end = screenRow + terminal.size().rows;
        const auto inHistory = [&](RowNumber from) {
            const RowNumber at = history.promptRow(from - first, older);
            return at < 0 ? -1 : first + at;
        };
        RowNumber found = older ? -1 : inHistory(row);
        LineCells line;
        for (RowNumber at = older ? std::min(row, end) - 1 : std::max(row + 1, screenRow);
             found < 0 && at >= screenRow && at < end; at += older ? -1 : 1) {
            terminal.readRow(at - screenRow, line);
            if (line.isPrompt)
                found = at;
        }
        if (older && found < 0)
            found = inHistory(std::min(row, screenRow));
        emit worker.answered([found, done] { done(found); });
    });
}

}
