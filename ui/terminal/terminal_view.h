#pragma once
// The widget of a terminal (spec/session-manager.md 5, ux.md 5): paints the rows that changed, selects, copies, pastes with a guard, finds,
// zooms, opens links after asking, takes input methods, and tells screen readers its lines. While it has the focus every key is the
// program's, but for those that isConsoleKey() names. Ui thread.

#include "models/terminal/terminal_model.h"
#include "ui/terminal/screen_image.h"
#include "ui/terminal/selector.h"

#include <QDeadlineTimer>
#include <QTimer>
#include <QWidget>

class QAction;
class QPainter;
class QPushButton;
class QScrollBar;

namespace fb {

class SearchBar;

class TerminalView : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kLeastPoints = 6;
    static constexpr int kMostPoints = 40;

    explicit TerminalView(TerminalModel &model, QWidget *parent = nullptr);
    ~TerminalView() override;

    TerminalModel &model() { return m_model; }
    void setReadOnly(bool readOnly); // keys go nowhere: a player, a watched session
    void setEnded(bool ended); // keys go nowhere, Return asks to open it again
    void setBroadcasting(bool on); // its border says so
    // The program's size rules, as in a recording: the widget shows as much of it as fits, centred.
    void setFixedSize(bool isFixed);
    void openSearch();
    // Copy, Copy as HTML, Paste, Select all, Find, Clear scrollback..., for the owner's menu
    QList<QAction *> editActions() const { return m_actions; }
    const ScreenColors &colors() const { return m_colors; }
    int fontPoints() const { return m_points; }
    void setFontPoints(int points); // clamped
    // The text of what is shown, for tests and screen readers.
    QString shownText() const;
    QSize sizeHint() const override;
    QRect cellRect(int row, int column) const; // in the view's coordinates; with every pixel that it touches
    QPoint cellAt(const QPoint &at) const; // column, row of the view; clamped

signals:
    void focusTaken();
    void menuRequested(const QPoint &globalPos);
    void reopenRequested();
    void fontPointsChanged(int points);
    void copied(); // something is on the clipboard
    void textSaved(const QString &path, const QString &problem); // problem empty: it is

public slots:
    void copy();
    void copyAsHtml();
    void paste();
    void saveText(); // the whole scrollback, to a file that is asked for

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    bool focusNextPrevChild(bool) override { return false; } // Tab is the program's

private:
    static bool isConsoleKey(const QKeyEvent &event);
    bool viewKey(const QKeyEvent &event); // one of the view's own: scrolling, zoom, copy
    void makeActions();
    void updateTheme();
    void updateFont();
    void layOut();
    void takeFrame();
    void drawChanged();
    RowOverlay overlayOf(int row) const;
    void dropStaleSelection();
    void updateScrollBar();
    void updateNewLines();
    void scrollLines(RowNumber lines);
    void jumpToPrompt(bool older);
    void pasteText(const QString &text);
    void askOpenLink(const QByteArray &address);
    void askClipboard();
    void updateHover(const QPoint &at, Qt::KeyboardModifiers modifiers);
    void startSelection(const QMouseEvent &event, Selector::Unit unit);
    void extendSelection(const QPoint &at);
    Selector::Place placeAt(const QPoint &at) const; // nearest edge of a cell
    bool sendMouse(MouseAction action, const QMouseEvent &event);
    QPointF origin() const; // of the first cell, on a device pixel
    void paintPreedit(QPainter &painter) const;
    bool takesKeys() const { return !m_isReadOnly && !m_isEnded; }

    TerminalModel &m_model;
    std::shared_ptr<GlyphStore> m_store;
    ScreenImage m_screen;
    ScreenColors m_colors;
    struct Painted {
        std::shared_ptr<const LineCells> line;
        RowOverlay overlay;
    };
    std::vector<Painted> m_painted;
    bool m_isStale = true; // all rows must be drawn
    bool m_isBehind = false; // frames came while it was hidden
    qreal m_ratio = 0; // device pixels that the glyphs are made for
    QPoint m_origin; // of the first cell, device-independent
    int m_points = 0;
    Selector m_selector;
    bool m_isSelecting = false;
    Qt::MouseButtons m_held; // pressed for the program
    QPoint m_toldAt {-1, -1}; // cell of the last move it was told of
    QPoint m_clickAt;
    int m_clicks = 0;
    qint64 m_clickTime = 0;
    QPoint m_dragAt;
    QTimer m_dragTimer; // scrolls while the mouse is beyond an edge
    QTimer m_bellTimer; // runs while the edge shows it
    int m_wheelRest = 0;
    uint32_t m_hoverLink = 0;
    QString m_preedit;
    QString m_wish; // for the clipboard, the newest; asked when the view has the focus
    bool m_isAsking = false;
    QDeadlineTimer m_wishesSilent {0}; // until then none is asked: one was refused
    bool m_isReadOnly = false;
    bool m_isEnded = false;
    bool m_isBroadcasting = false;
    bool m_isFixed = false;
    bool m_isPlaced = false; // before it has a place, its size says nothing
    RowNumber m_seenScreenRow = 0; // when the view was scrolled away
    quint64 m_layout = 0;
    QScrollBar *m_scrollBar;
    QPushButton *m_newLines;
    SearchBar *m_search;
    QList<QAction *> m_actions;
};

}
