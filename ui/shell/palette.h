#pragma once
// Ctrl+K: one box for everything that can be opened or done (ux.md 2, look.md 6, picture 10). A prefix narrows: > commands, @ nodes, # tags,
// / documents, ? the prefixes. A pasted flagbridge:// link opens; no other scheme does (security U07). A child of the window over a scrim. Ui
// thread.

#include "ui/shell/palette_model.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QLineEdit;
class QListView;

namespace fb {

class Surface;
class TextLabel;

class Palette : public QWidget
{
    Q_OBJECT
public:
    struct Sources {
        std::function<QList<PaletteEntry>()> fixed; // pages and commands: asked each time the palette opens
        // Nodes, documents and the like whose title or context may match; at most `most` of each kind. Asked at each key: quick.
        std::function<QList<PaletteEntry>(const QString &query, int most)> things;
        std::function<bool(const QString &text)> isLink; // of this program, to a page that exists
        std::function<void(const QString &address)> openAddress;
    };
    Palette(Sources sources, QWidget *window);
    void open();
    // What was chosen lately, newest first; of a page or command the key is enough.
    void setRecent(const QList<PaletteEntry> &recent) { m_recent = recent; }
    const QList<PaletteEntry> &recent() const { return m_recent; }

signals:
    void recentChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override; // nothing beside it is reached while it is open

private:
    void place();
    void runCurrent();
    void moveCurrent(int step);
    void remember(PaletteEntry chosen);
    QList<PaletteEntry> recentNow() const;
    void find(const QString &typed);

    Sources m_sources;
    QList<PaletteEntry> m_fixed;
    QList<PaletteEntry> m_recent; // newest first
    Surface *m_panel;
    TextLabel *m_count;
    QLineEdit *m_edit;
    QListView *m_list;
    PaletteModel *m_model;
    QPointer<QWidget> m_focusBefore;
};

}
