#pragma once
// The time range that the charts of a page share, as text with ready choices beside it (ux.md 12). Wrong text says why and keeps the last
// good range. Ui thread.

#include "models/charts/time_range.h"

#include <QWidget>

#include <functional>

class QLineEdit;

namespace fb {

class TextLabel;

class RangeField : public QWidget
{
    Q_OBJECT
public:
    RangeField(const QString &objectName, std::function<Instant()> now, QWidget *parent = nullptr);

    const TimeRange &range() const { return m_range; }
    void setRange(const TimeRange &range); // tells nobody
    QString problem() const;

signals:
    void rangeChanged(const fb::TimeRange &range);

private:
    void take();

    std::function<Instant()> m_now;
    QLineEdit *m_edit;
    TextLabel *m_note;
    TimeRange m_range;
};

}
