#pragma once
// The time line of a recording: how much was written when, as grey bars; what has been played; marks below, places without bytes hatched, hits of
// the search as ticks. Click and drag go there; keys are the page's, but for Home, End, PageUp and PageDown. Ui thread.

#include "models/nodes/sessions/recording_text.h"

#include <QAbstractSlider>

namespace fb {

class PlayerTimeline : public QAbstractSlider
{
    Q_OBJECT
public:
    explicit PlayerTimeline(const QString &objectName, QWidget *parent = nullptr);

    void setLength(Microseconds length);
    void setPosition(Microseconds at);
    void setActivity(const QList<float> &bars);
    void setMarks(const QList<RecordingMark> &marks);
    void setHits(const QList<RecordingHit> &hits, int current);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QString textAt(Microseconds at) const; // of the tooltip: the time, and the mark or hit that stands there

signals:
    void seekWanted(std::chrono::microseconds to);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int inset() const;
    double xOf(Microseconds at) const;
    Microseconds timeAt(double x) const;
    void paintActivity(QPainter *painter, const QRect &room) const;
    void paintTrack(QPainter *painter, int y) const;
    void paintMarks(QPainter *painter, int y) const;

    Microseconds m_length {};
    Microseconds m_position {};
    Microseconds m_unit {1000}; // of the slider's value
    QList<float> m_bars;
    QList<RecordingMark> m_marks;
    QList<RecordingHit> m_hits;
    int m_hit = -1;
    int m_hoverX = -1; // none
    bool m_dragging = false;
};

}
