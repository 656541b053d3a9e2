#pragma once
// A form over the window (ux.md 6): a child widget on a scrim, title, scrolling body, buttons at the foot; Esc closes. Ui thread.

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace fb {

class ScrollBox;
class Surface;
class TextLabel;

class Sheet : public QWidget
{
    Q_OBJECT
public:
    // Covers `window` until closed, and deletes itself then.
    Sheet(const QString &title, QWidget *window);

    QVBoxLayout *body() const { return m_body; }
    QHBoxLayout *foot() const { return m_foot; } // from the right: addStretch comes first
    void setTitle(const QString &title);
    void open(); // shows, and gives the first field the focus
    void close();

signals:
    void closed();

protected:
    virtual QWidget *firstField() { return nullptr; } // nullptr: the first that takes the focus
    virtual bool mayClose() { return true; } // false: there is unsaved work and the person stays
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override; // Tab stays inside

private:
    void place();

    Surface *m_panel;
    TextLabel *m_title;
    QVBoxLayout *m_body;
    QHBoxLayout *m_foot;
    ScrollBox *m_scroll;
};

}
