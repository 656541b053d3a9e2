#include "models/terminal/terminal_model.h"

#include "backend/core/text_safety.h"
#include "backend/terminal/html_export.h"
#include "models/terminal/terminal_worker.h"

#include <QPointer>

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
    connect(m_worker, &TerminalWorker::clipboardWanted, this, &TerminalModel::clipboardWanted);
    connect(m_worker, &TerminalWorker::bell, this, &TerminalModel::bell);
    connect(m_worker, &TerminalWorker::titleChanged, this, [this](const QString &title) {
        m_title = title;
        emit titleChanged(title);
    });
    connect(m_worker, &TerminalWorker::searchChanged, this, [this](const SearchState &state) {
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

void TerminalModel::present()
{
    takeConsumed();
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
    m_worker->post([wish](TerminalWorker &worker) {
        worker.search().setWish(wish);
        worker.changed();
    });
}

void TerminalModel::searchNext(bool older)
{
    m_worker->post([older](TerminalWorker &worker) {
        worker.search().step(older);
        const RowNumber row = worker.search().state().currentRow;
        if (row >= 0)
            worker.reveal(row);
        worker.changed();
    });
}

void TerminalModel::readLines(RowNumber first, RowNumber last, std::function<void(const Lines &)> done)
{
    m_worker->post([self = QPointer(this), first, last, done = std::move(done)](TerminalWorker &worker) {
        const Terminal &terminal = worker.terminal();
        const History &history = terminal.history();
        const RowNumber screenRow = history.droppedRows() + history.rows();
        auto lines = std::make_shared<Lines>();
        const RowNumber begin = std::max(first, history.droppedRows());
        const RowNumber end = std::min(last, screenRow + terminal.size().rows - 1);
        lines->resize(size_t(std::max<RowNumber>(0, begin - first))); // gone from the history meanwhile
        for (RowNumber row = begin; row <= end; ++row) {
            lines->emplace_back();
            terminal.readRow(row - screenRow, lines->back());
        }
        QMetaObject::invokeMethod(self, [lines, done] { done(*lines); });
    });
}

QString TerminalModel::textOf(const TerminalSelection &selection, const Lines &lines) const
{
    std::string text;
    for (size_t i = 0; i < lines.size(); ++i) {
        const RowNumber row = selection.firstRow + RowNumber(i);
        const bool isLast = i + 1 == lines.size();
        const auto [from, to] = columnsOf(selection, row, lines[i]);
        const bool goesOn = lines[i].wraps && !selection.isBlock && !isLast;
        // Blanks at the end are cut, unless the line goes on or the selection ends in them.
        const size_t end = goesOn ? to : std::min(to, std::max(from, lines[i].textEnd()));
        lines[i].appendText(text, from, end);
        if (!goesOn && !isLast)
            text += '\n';
    }
    return fromUtf8(text);
}

void TerminalModel::textOf(const TerminalSelection &selection, std::function<void(const QString &)> done)
{
    readLines(
        selection.firstRow, selection.lastRow,
        [this, selection, done = std::move(done)](const Lines &lines) { done(textOf(selection, lines)); });
}

void TerminalModel::htmlOf(const TerminalSelection &selection, const TerminalPalette &palette,
                           std::function<void(const QString &)> done)
{
    readLines(
        selection.firstRow, selection.lastRow,
        [selection, palette, done = std::move(done)](const Lines &lines) {
            std::vector<LineCells> parts = lines;
            for (size_t i = 0; i < parts.size(); ++i) {
                const auto [from, to] = columnsOf(selection, selection.firstRow + RowNumber(i), parts[i]);
                parts[i].cells.erase(parts[i].cells.begin() + std::ptrdiff_t(to), parts[i].cells.end());
                parts[i].cells.erase(parts[i].cells.begin(), parts[i].cells.begin() + std::ptrdiff_t(from));
            }
            done(fromUtf8(htmlOfLines(parts, palette)));
        });
}

void TerminalModel::wholeText(std::function<void(const QString &)> done)
{
    m_worker->post([self = QPointer(this), done = std::move(done)](TerminalWorker &worker) {
        const Terminal &terminal = worker.terminal();
        const int64_t above = terminal.history().rows();
        auto text = std::make_shared<std::string>(terminal.text(-above, above + terminal.size().rows, true));
        while (text->size() > 1 && text->ends_with("\n\n"))
            text->pop_back();
        QMetaObject::invokeMethod(self, [text, done] { done(fromUtf8(*text)); });
    });
}

void TerminalModel::promptFrom(RowNumber row, bool older, std::function<void(RowNumber)> done)
{
    m_worker->post([self = QPointer(this), row, older, done = std::move(done)](TerminalWorker &worker) {
        const Terminal &terminal = worker.terminal();
        const History &history = terminal.history();
        const RowNumber screenRow = history.droppedRows() + history.rows();
        const RowNumber first = history.droppedRows();
        const RowNumber last = screenRow + terminal.size().rows - 1;
        LineCells line;
        RowNumber found = -1;
        for (RowNumber at = row + (older ? -1 : 1); at >= first && at <= last && found < 0;
             at += older ? -1 : 1) {
            terminal.readRow(at - screenRow, line);
            if (line.isPrompt)
                found = at;
        }
        QMetaObject::invokeMethod(self, [found, done] { done(found); });
    });
}

}
