#pragma once
// The terminal that a recording plays into: as large as it fits, scrolled where even the smallest font does not fit. It takes no keys but those of
// selecting and zooming; all others are its owner's. Ui thread.

#include "models/nodes/sessions/recording_screen.h"

#include <QScrollArea>

namespace fb {

class TerminalView;

class RecordedTerminal : public QScrollArea
{
    Q_OBJECT
public:
    RecordedTerminal(TerminalThread &thread, RecordingPlayer &player, QWidget *parent = nullptr);
    ~RecordedTerminal() override;

    TerminalModel &model() { return m_model; }
    TerminalView &view() { return *m_view; }
    // Asked for each key that is not the view's own; false: it goes up to the window.
    void setKeys(std::function<bool(const QKeyEvent &event)> take) { m_takeKey = std::move(take); }
    void mark(const QString &wanted); // what a search finds on the screen

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static bool isViewsKey(const QKeyEvent &event);
    void fit();
    void showCursor();

    TerminalModel m_model;
    RecordingScreen m_screen;
    TerminalView *m_view;
    std::function<bool(const QKeyEvent &)> m_takeKey;
    int m_points; // of the font, where it fits
    bool m_isFitting = false;
    bool m_isZoomed = false; // by hand
};

}
