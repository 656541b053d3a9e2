#pragma once
// The strip at the foot of the window: engine, nodes, store; each opens its page where it has one (ux.md 9). Ui thread.

#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QDateTime>
#include <QTimer>
#include <QWidget>

#include <functional>

class QPainter;

namespace fb {

struct StatusItem {
    QString name; // for tests: "engine", "nodes", "store"
    Icon icon = Icon::None; // None: a dot in the tone
    Tone tone = Tone::Neutral;
    QString text;
    QString address; // empty: opens nothing
    std::function<void()> run; // instead of an address
    bool atRight = false; // before the clock
};

class StatusStrip : public QWidget
{
    Q_OBJECT
public:
    explicit StatusStrip(QWidget *parent = nullptr);
    void setItems(const QList<StatusItem> &items);
    QString text(const QString &name) const;
    void setClock(std::function<QDateTime()> clock)
    {
        m_clock = std::move(clock);
    } // instead of the machine's
    QSize sizeHint() const override;

signals:
    void chosen(const QString &address);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    int widthOf(const StatusItem &item) const;
    void draw(QPainter &painter, const StatusItem &item, QRect place) const;

    QList<StatusItem> m_items;
    QList<QRect> m_places;
    QTimer m_minute;
    std::function<QDateTime()> m_clock;
};

}
