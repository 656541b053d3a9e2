#pragma once
// Beside a recording: the facts of its session, its marks, what a search has found. Ui thread.

#include "models/nodes/sessions/playback.h"
#include "ui/widgets/surface.h"

namespace fb {

class FactList;
class PlaceList;

class PlayerSide : public Surface
{
    Q_OBJECT
public:
    explicit PlayerSide(QWidget *parent = nullptr);

    void showRecording(const Playback &playback);
    void showHits(const Playback &playback);

signals:
    void markChosen(int index);
    void hitChosen(int index);

private:
    QWidget *makePart(const QString &title, PlaceList *list);

    FactList *m_facts;
    PlaceList *m_marks;
    PlaceList *m_hits;
    QWidget *m_marksPart;
    QWidget *m_hitsPart;
};

}
