#pragma once
// What happened, as a list (look.md 6): time at the right of its column, a round icon in its tone, a thread of one pixel, and the text with
// what is told besides in grey. Newest first or last as the page gives it. Arrows move, Ctrl+C copies. Ui thread.

#include "models/table/relative_time.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QListView>

namespace fb {

struct TimelineEntry {
    Instant at {};
    Icon icon = Icon::None;
    Tone tone = Tone::Neutral;
    QString text; // hostile text is shown as it is, never as markup
    QString detail; // grey, after the text
    QString address; // where Enter and a double click lead; empty: nowhere
    bool operator==(const TimelineEntry &) const = default;
};

class TimelineModel;

class Timeline : public QListView
{
    Q_OBJECT
public:
    explicit Timeline(const QString &objectName, QWidget *parent = nullptr);

    void setEntries(const QList<TimelineEntry> &entries); // the current one stays current
    int count() const;
    QString textOf(int row) const; // "2026-11-24 10:20:05 JST  Alarm ...", as Ctrl+C copies it

signals:
    void opened(const QString &address);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    TimelineModel *m_model;
};

}
