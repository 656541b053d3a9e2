#pragma once
// A terminal of a size that is not ours to choose: a recorded one, a watched one. As large as it fits, scrolled where even the smallest font does not
// fit. It takes no keys but those of selecting and zooming; all others are its owner's. Ui thread.

#include "models/terminal/terminal_model.h"

#include <QScrollArea>

namespace fb {

class TerminalView;

class FittedTerminal : public QScrollArea
{
    Q_OBJECT
public:
    explicit FittedTerminal(TerminalThread &thread, QWidget *parent = nullptr);
    ~FittedTerminal() override;

    TerminalModel &model() { return m_model; }
    TerminalView &view() { return *m_view; }
    // Asked for each key that is not the view's own; false: it goes up to the window.
    void setKeys(std::function<bool(const QKeyEvent &event)> take) { m_takeKey = std::move(take); }
    void fit(); // its size has changed

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static bool isViewsKey(const QKeyEvent &event);
    void showCursor();

    TerminalModel m_model;
    TerminalView *m_view;
    std::function<bool(const QKeyEvent &)> m_takeKey;
    int m_points; // of the font, where it fits
    bool m_isFitting = false;
    bool m_isZoomed = false; // by hand
};

}
