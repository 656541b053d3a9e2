#include "ui/terminal/terminal_view.h"

#include "ui/terminal/search_bar.h"
#include "ui/terminal/terminal_accessible.h"
#include "ui/theme/theme.h"
#include "ui/theme/theme_tables.h"
#include "ui/widgets/icon_button.h"

#include <QAction>
#include <QEvent>
#include <QFontInfo>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>

#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr int kGutter = 4;
    constexpr auto kBell = 150ms;
    constexpr auto kDrag = 50ms;

    uint32_t rgb(QRgb color) { return color & 0xFFFFFFU; }
}

TerminalView::TerminalView(TerminalModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_scrollBar(new QScrollBar(Qt::Vertical, this)),
      m_newLines(makeButton(u"terminalNewLines"_s, QString(), Icon::Expand, ButtonKind::Normal, this)),
      m_search(new SearchBar(model, this))
{
    TerminalAccessible::install(); // before anybody asks
    setObjectName(u"terminalView"_s);
    setAccessibleName(tr("Terminal"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_InputMethodEnabled);
    setMouseTracking(true);
    setCursor(Qt::IBeamCursor);
    m_scrollBar->setCursor(Qt::ArrowCursor);
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    m_newLines->setCursor(Qt::ArrowCursor);
    m_newLines->setFocusPolicy(Qt::NoFocus);
    m_newLines->hide();
    m_search->setCursor(Qt::ArrowCursor);
    m_dragTimer.setInterval(kDrag);
    connect(&m_dragTimer, &QTimer::timeout, this, [this] {
        const QRect cells = cellRect(0, 0).united(cellRect(m_model.frame().rows - 1, 0));
        scrollLines(m_dragAt.y() < cells.top() ? -1 : m_dragAt.y() > cells.bottom() ? 1 : 0);
        extendSelection(m_dragAt);
    });
    connect(m_scrollBar, &QScrollBar::actionTriggered, this,
            [this] { m_model.scrollTo(m_model.frame().firstRow + m_scrollBar->sliderPosition()); });
    connect(m_newLines, &QPushButton::clicked, &m_model, &TerminalModel::follow);
    connect(m_search, &SearchBar::closed, this, [this] { setFocus(); });
    connect(&m_model, &TerminalModel::frameChanged, this, &TerminalView::takeFrame);
    connect(&m_model, &TerminalModel::clipboardWanted, this, [this](const QString &text) {
        if (!takesKeys() || !m_wishesSilent.hasExpired())
            return;
        m_wish = text;
        askClipboard();
    });
    // Many are one long ring, which does not flicker.
    m_bellTimer.setSingleShot(true);
    m_bellTimer.setInterval(kBell);
    connect(&m_bellTimer, &QTimer::timeout, this, [this] { update(); });
    connect(&m_model, &TerminalModel::bell, this, [this] {
        if (!m_bellTimer.isActive())
            update();
        m_bellTimer.start();
    });
    m_points = std::clamp(int(std::lround(themeOf(this).font(TextRole::Code).pixelSize() * 72.0 / 96.0)),
                          kLeastPoints, kMostPoints);
    makeActions();
    updateTheme();
    updateFont();
}

TerminalView::~TerminalView() = default;

// ---- Look ----------------------------------------------------------------------------------------------------------

void TerminalView::updateTheme()
{
    const Theme &theme = themeOf(this);
    const TerminalColors &terminal = theme.terminal();
    m_colors.palette.background = rgb(terminal.background);
    m_colors.palette.foreground = rgb(terminal.text);
    std::transform(terminal.colors.begin(), terminal.colors.end(), m_colors.palette.colors.begin(), rgb);
    m_colors.selection = rgb(theme.color(Token::Selection).rgb());
    m_colors.match = rgb(theme.toneSoft(Tone::Waiting).rgb());
    m_colors.currentMatch = rgb(theme.color(Token::Accent).rgb());
    if (theme.isHighContrast())
        m_colors.match = rgb(theme.color(Token::Changed).rgb());
    m_colors.cursor = rgb(terminal.text);
    m_isStale = true;
}

void TerminalView::updateFont()
{
    QFont font = themeOf(this).font(TextRole::Code);
    font.setPixelSize(std::max(1, int(std::lround(m_points * 96.0 / 72.0))));
    m_ratio = devicePixelRatioF();
    m_store = std::make_shared<GlyphStore>(font, m_ratio);
    m_screen.setStore(m_store);
    m_isStale = true;
    layOut();
}

void TerminalView::setFontPoints(int points)
{
    points = std::clamp(points, kLeastPoints, kMostPoints);
    if (points == m_points)
        return;
    m_points = points;
    updateFont();
    emit fontPointsChanged(points);
}

void TerminalView::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_isStale = true;
    drawChanged();
}

void TerminalView::setEnded(bool ended)
{
    m_isEnded = ended;
    m_wish.clear();
    drawChanged();
}

void TerminalView::setBroadcasting(bool on)
{
    m_isBroadcasting = on;
    update();
}

void TerminalView::setFixedSize(bool isFixed)
{
    m_isFixed = isFixed;
    layOut();
}

QSize TerminalView::sizeHint() const
{
    return QSize(int(std::ceil(m_model.columns() * m_store->cellWidth() / m_ratio)) + 2 * kGutter
                     + m_scrollBar->sizeHint().width(),
                 int(std::ceil(m_model.rows() * m_store->cellHeight() / m_ratio)) + 2 * kGutter);
}

// ---- Geometry ------------------------------------------------------------------------------------------------------

void TerminalView::layOut()
{
    if (m_store->ratio() != devicePixelRatioF())
        return updateFont(); // on another screen
    const Metrics &metrics = themeOf(this).metrics();
    const int bar = m_scrollBar->sizeHint().width();
    m_scrollBar->setGeometry(width() - bar, 0, bar, height());
    m_model.setCellPixels(m_store->cellWidth(), m_store->cellHeight());
    const double roomX = (width() - 2 * kGutter - bar) * m_ratio;
    const double roomY = (height() - 2 * kGutter) * m_ratio;
    if (!m_isFixed && m_isPlaced && roomX > 0 && roomY > 0)
        m_model.resize(std::clamp(int(roomX / m_store->cellWidth()), 2, 1000),
                       std::clamp(int(roomY / m_store->cellHeight()), 1, 1000));
    m_origin = {kGutter, kGutter};
    if (m_isFixed) {
        const QSize size = sizeHint();
        m_origin
            += QPoint(std::max(0, (width() - size.width()) / 2), std::max(0, (height() - size.height()) / 2));
    }
    m_search->adjustSize();
    m_search->move(width() - bar - m_search->width() - metrics.step(2), metrics.step(2));
    m_newLines->adjustSize();
    m_newLines->move(width() - bar - m_newLines->width() - metrics.step(3),
                     height() - m_newLines->height() - metrics.step(3));
    drawChanged();
    update();
}

QPointF TerminalView::origin() const
{
    return {std::round(m_origin.x() * m_ratio) / m_ratio, std::round(m_origin.y() * m_ratio) / m_ratio};
}

QRect TerminalView::cellRect(int row, int column) const
{
    const QSizeF cell(m_store->cellWidth() / m_ratio, m_store->cellHeight() / m_ratio);
    return QRectF(origin() + QPointF(column * cell.width(), row * cell.height()), cell).toAlignedRect();
}

QPoint TerminalView::cellAt(const QPoint &at) const
{
    const TerminalFrame &frame = m_model.frame();
    const QPointF place = (at - origin()) * m_ratio;
    return {std::clamp(int(place.x() / m_store->cellWidth()), 0, frame.columns - 1),
            std::clamp(int(place.y() / m_store->cellHeight()), 0, frame.rows - 1)};
}

Selector::Place TerminalView::placeAt(const QPoint &at) const
{
    const TerminalFrame &frame = m_model.frame();
    const double column = (at.x() - origin().x()) * m_ratio / m_store->cellWidth();
    return {frame.topRow + cellAt(at).y(), std::clamp(int(std::floor(column + 0.5)), 0, frame.columns)};
}

void TerminalView::resizeEvent(QResizeEvent *)
{
    m_isPlaced = true;
    layOut();
}

void TerminalView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_ratio != devicePixelRatioF())
        updateFont();
    if (m_isBehind)
        takeFrame();
}

void TerminalView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        updateTheme();
        layOut();
    }
    QWidget::changeEvent(event);
}

// ---- Frames --------------------------------------------------------------------------------------------------------

void TerminalView::takeFrame()
{
    const TerminalFrame &frame = m_model.frame();
    m_isBehind = !isVisible();
    if (m_isBehind)
        return; // many that pour behind others draw nothing
    if (frame.layout != m_layout) { // rows are numbered anew
        m_layout = frame.layout;
        m_selector.clear();
        m_isSelecting = false;
        m_dragTimer.stop();
        m_seenScreenRow = frame.screenRow;
    }
    dropStaleSelection();
    updateScrollBar();
    updateNewLines();
    drawChanged();
    updateMicroFocus(Qt::ImCursorRectangle);
    TerminalAccessible::tellChanged(*this);
}

void TerminalView::dropStaleSelection()
{
    // What was selected is not there any more when its rows have changed.
    if (m_selector.isEmpty() || m_isSelecting)
        return;
    const TerminalFrame &frame = m_model.frame();
    const TerminalSelection &selection = m_selector.selection();
    if (selection.firstRow < frame.firstRow) {
        m_selector.clear();
        return;
    }
    for (const Painted &painted : m_painted) {
        if (!painted.line || painted.overlay.selectedTo == 0)
            continue;
        const LineCells *now = frame.line(painted.overlay.row);
        const auto from = size_t(painted.overlay.selectedFrom);
        const auto to = std::min(size_t(painted.overlay.selectedTo), painted.line->cells.size());
        if (now == nullptr || now == painted.line.get())
            continue;
        std::string before;
        std::string after;
        painted.line->appendText(before, from, to);
        now->appendText(after, from, to);
        if (before != after) {
            m_selector.clear();
            return;
        }
    }
}

RowOverlay TerminalView::overlayOf(int row) const
{
    const TerminalFrame &frame = m_model.frame();
    RowOverlay overlay;
    overlay.row = frame.topRow + row;
    std::tie(overlay.selectedFrom, overlay.selectedTo) = m_selector.columnsOf(overlay.row, frame.columns);
    if (overlay.selectedTo > overlay.selectedFrom) { // a wide character whole, as it is copied
        const auto &cells = frame.lines[size_t(row)]->cells;
        const auto isTail
            = [&cells](int at) { return size_t(at) < cells.size() && cells[size_t(at)].isWideTail(); };
        overlay.selectedFrom -= isTail(overlay.selectedFrom) ? 1 : 0;
        overlay.selectedTo += isTail(overlay.selectedTo) ? 1 : 0;
    }
    if (overlay.row == frame.cursorRow && frame.modes.cursorVisible && !m_isEnded) {
        overlay.cursor = frame.cursorColumn;
        const LineCells &line = *frame.lines[size_t(row)];
        if (overlay.cursor > 0 && size_t(overlay.cursor) < line.cells.size()
            && line.cells[size_t(overlay.cursor)].isWideTail())
            --overlay.cursor;
        overlay.cursorIsFilled = hasFocus() || m_isReadOnly;
        overlay.cursorShape = frame.modes.cursorShape;
    }
    for (const FrameMatch &match : frame.matches) {
        if (match.row == overlay.row)
            overlay.matches.push_back(match);
    }
    if (m_hoverLink != 0) {
        const auto &pens = frame.lines[size_t(row)]->pens;
        if (std::any_of(pens.begin(), pens.end(), [this](const Pen &pen) { return pen.link == m_hoverLink; }))
            overlay.hoverLink = m_hoverLink;
    }
    return overlay;
}

void TerminalView::drawChanged()
{
    const TerminalFrame &frame = m_model.frame();
    const QSize size(frame.columns * m_store->cellWidth(), frame.rows * m_store->cellHeight());
    if (m_colors.isReversed != frame.modes.reverseVideo) {
        m_colors.isReversed = frame.modes.reverseVideo;
        m_isStale = true;
    }
    if (m_screen.image().size() != size || int(m_painted.size()) != frame.rows || m_isStale) {
        m_screen.setSize(frame.columns, frame.rows, m_ratio);
        m_painted.assign(size_t(frame.rows), {});
        m_isStale = false;
        update();
    }
    int first = frame.rows;
    int last = -1;
    for (int row = 0; row < frame.rows; ++row) {
        Painted &painted = m_painted[size_t(row)];
        const auto &line = frame.lines[size_t(row)];
        RowOverlay overlay = overlayOf(row);
        const bool isSame = painted.line == line && painted.overlay == overlay;
        painted.overlay = std::move(overlay);
        if (isSame)
            continue;
        painted.line = line;
        m_screen.drawRow(row, *line, painted.overlay, m_colors);
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= first)
        update(cellRect(first, 0).united(cellRect(last, frame.columns)));
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    if (m_ratio != devicePixelRatioF())
        updateFont(); // on another screen
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const QColor background
        = QColor::fromRgb(m_colors.isReversed ? m_colors.palette.foreground : m_colors.palette.background);
    const QImage &image = m_screen.image();
    const QRectF cells(origin(), QSizeF(image.size()) / m_ratio);
    // What the cells cover wholly is left to them; the rest also where they cover a part of a pixel of ours.
    const QRect inner(QPoint(int(std::ceil(cells.left())), int(std::ceil(cells.top()))),
                      QPoint(int(std::floor(cells.right())) - 1, int(std::floor(cells.bottom())) - 1));
    const QRegion rest = QRegion(event->rect()) - QRegion(inner);
    for (const QRect &rect : rest)
        painter.fillRect(rect, background);
    painter.drawImage(cells.topLeft(), image); // what has not changed is clipped away
    if (m_isFixed) { // where the program's screen ends
        painter.setPen(theme.color(hasFocus() ? Token::Focus : Token::Border));
        painter.drawRect(cells.toAlignedRect().adjusted(-kGutter, -kGutter, kGutter - 1, kGutter - 1));
    }
    if (!m_preedit.isEmpty())
        paintPreedit(painter);
    if (m_bellTimer.isActive() || m_isBroadcasting) {
        painter.setPen(
            QPen(m_isBroadcasting ? theme.toneFill(Tone::Failed) : theme.toneFill(Tone::Waiting), 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void TerminalView::updateScrollBar()
{
    const TerminalFrame &frame = m_model.frame();
    const QSignalBlocker quiet(m_scrollBar);
    m_scrollBar->setRange(0, int(frame.screenRow - frame.firstRow));
    m_scrollBar->setPageStep(frame.rows);
    if (!m_scrollBar->isSliderDown())
        m_scrollBar->setValue(int(frame.topRow - frame.firstRow));
    m_scrollBar->setVisible(frame.screenRow > frame.firstRow);
}

void TerminalView::updateNewLines()
{
    const TerminalFrame &frame = m_model.frame();
    if (frame.follows()) {
        m_seenScreenRow = frame.screenRow;
        m_newLines->hide();
        return;
    }
    const RowNumber added = frame.screenRow - m_seenScreenRow;
    m_newLines->setText(added > 0 ? tr("%n new line(s)", nullptr, int(std::min<RowNumber>(added, 1'000'000)))
                                  : tr("To the end"));
    if (m_newLines->isHidden() || m_newLines->width() != m_newLines->sizeHint().width()) {
        const Metrics &metrics = themeOf(this).metrics();
        m_newLines->adjustSize();
        m_newLines->move(m_scrollBar->x() - m_newLines->width() - metrics.step(3),
                         height() - m_newLines->height() - metrics.step(3));
        m_newLines->show();
        m_newLines->raise();
    }
}

QString TerminalView::shownText() const
{
    std::string text;
    for (const auto &line : m_model.frame().lines) {
        line->appendText(text, 0, line->textEnd());
        text += '\n';
    }
    return QString::fromStdString(text);
}

void TerminalView::openSearch()
{
    m_search->open();
    layOut();
}

}
