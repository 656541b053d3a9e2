#pragma once
// What one plays a recording with: time line, play, step, place, speed, idle time, marks, search. Ui thread.

#include "models/nodes/sessions/playback.h"
#include "ui/theme/icon.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace fb {

class PlayerTimeline;
class TextLabel;

class PlayerBar : public QWidget
{
    Q_OBJECT
public:
    explicit PlayerBar(Playback &playback, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override; // in two lines

    void focusSearch();
    QString wanted() const; // what the search field holds
    void setWanted(const QString &text);

signals:
    void seekWanted(std::chrono::microseconds to);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    QToolButton *addButton(QHBoxLayout *line, const QString &name, Icon icon, const QString &toolTip,
                           std::function<void()> run);
    void addPlaying(QHBoxLayout *line);
    void addPace(QHBoxLayout *line);
    void addSearch(QHBoxLayout *line);
    void updateRecording();
    void updateState();
    void updatePosition();
    void updateHits();
    void tellSkipped(Microseconds length);

    Playback &m_playback;
    QBoxLayout *m_lines; // playing and searching, side by side where there is room
    QWidget *m_playing;
    QWidget *m_searching;
    PlayerTimeline *m_timeline;
    QPushButton *m_play;
    TextLabel *m_time;
    TextLabel *m_note; // idle time that was skipped; seeking
    QComboBox *m_speed;
    QComboBox *m_idle;
    QList<QToolButton *> m_stepButtons;
    QList<QToolButton *> m_markButtons;
    QLineEdit *m_find;
    TextLabel *m_found;
    QList<QToolButton *> m_hitButtons;
    QTimer m_noteTimer;
    QTimer m_findTimer; // search as one types
};

}
