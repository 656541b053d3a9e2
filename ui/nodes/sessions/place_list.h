#pragma once
// Places of a recording, one a line: when, and what stands there; marks and hits of a search. Arrows move, Enter and a click go there, Ctrl+C
// copies. Ui thread.

#include "models/nodes/sessions/recording.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QListView>

namespace fb {

struct RecordingPlace {
    Microseconds at {};
    QString text; // hostile text is shown as it is, never as markup
    Icon icon = Icon::None;
    Tone tone = Tone::Neutral;
    bool operator==(const RecordingPlace &) const = default;
};

class PlaceListModel;

class PlaceList : public QListView
{
    Q_OBJECT
public:
    PlaceList(const QString &objectName, const QString &accessibleName, QWidget *parent = nullptr);

    void setPlaces(const QList<RecordingPlace> &places);
    void setCurrent(int row); // -1: none; tells nobody
    int count() const;

signals:
    void chosen(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    QSize sizeHint() const override;

private:
    PlaceListModel *m_model;
};

}
