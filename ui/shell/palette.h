#pragma once
// Ctrl+K: one box for everything that can be opened or done (look.md 6, picture 10). A child of the window over a scrim. Ui thread.

#include "ui/theme/icon.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QLineEdit;
class QListView;

namespace fb {

struct PaletteEntry {
    Icon icon = Icon::None;
    QString title;
    QString context; // beside the title
    QString kind; // at the right: "Page", "Node"
    QString shortcut; // shown as a key cap; empty: none
    std::function<void()> run;
};

class PaletteModel;
class Surface;

class Palette : public QWidget
{
    Q_OBJECT
public:
    // `all` is asked each time the palette opens.
    Palette(std::function<QList<PaletteEntry>()> all, QWidget *window);
    void open();

    // Letters of `query` found in order in `title`: their places, or nothing. An unbroken hit is preferred.
    static std::optional<QList<int>> match(const QString &title, const QString &query);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void runCurrent();

    std::function<QList<PaletteEntry>()> m_all;
    Surface *m_panel;
    QLineEdit *m_edit;
    QListView *m_list;
    PaletteModel *m_model;
    QPointer<QWidget> m_focusBefore;
};

}
