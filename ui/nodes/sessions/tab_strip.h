#pragma once
// The strip of terminal tabs (look 04): icon, name, what is in it, a dot for unseen output, a bell, an ended mark. A double click renames, a drag
// reorders, or takes the tab to a pane or out of the window. Ui thread.

#include "ui/theme/icon.h"

#include <QTabBar>

class QLineEdit;

namespace fb {

struct TabLook {
    int id = 0;
    Icon icon = Icon::Sessions;
    QString title;
    QString context; // beside it, quieter
    QString toolTip;
    bool isUnseen = false;
    bool hasRung = false;
    bool isBroadcasting = false;
    bool operator==(const TabLook &) const = default;
};

class TabStrip : public QTabBar
{
    Q_OBJECT
public:
    static constexpr auto kMimeType = "application/x-flagbridge-session-tab"; // its id

    explicit TabStrip(QWidget *parent = nullptr);

    void setLooks(const QList<TabLook> &looks, int current);
    void rename(int id); // a field in the place of its name
    QRect closeRect(int id) const;

signals:
    void chosen(int id);
    void closeAsked(int id);
    void renamed(int id, const QString &name);
    void moveAsked(int id, int to);
    void tearOffAsked(int id);
    void menuAsked(int id, const QPoint &globalPos);
    void entered(); // Enter: into the terminal

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    int indexOf(int id) const; // -1: none
    int idAt(QPoint at) const; // 0: none
    void drawTab(QPainter &painter, int index) const;
    void endRename(bool keep);
    void dragOut();

    QList<TabLook> m_looks;
    QLineEdit *m_edit = nullptr; // while one is renamed
    int m_renamed = 0;
    int m_dragged = 0;
    int m_pressedClose = 0;
    int m_hovered = 0;
    QPoint m_pressedAt;
};

}
