#pragma once
// sessions/<id>/play: the recording of one session, with its proof, its facts, its marks; played in a terminal, searched, saved for others
// (spec/session-manager.md 3.8, 5 "Player"). What does not match its hash is not shown. Ui thread.

#include "models/nodes/sessions/playback.h"
#include "ui/widgets/page.h"

class QMenu;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class PageHead;
class PlayerBar;
class PlayerProblem;
class PlayerSide;
class RecordedTerminal;
class TerminalThread;
class TextLabel;

class PlayerPage : public Page
{
    Q_OBJECT
public:
    PlayerPage(SessionsSource &sessions, TerminalThread &thread, const QString &id,
               QWidget *parent = nullptr);

    static QString addressOf(const QString &id) { return QStringLiteral("sessions/%1/play").arg(id); }
    Playback &playback() { return m_playback; }
    RecordedTerminal &terminal() { return *m_terminal; }
    void save(RecordingFormat format, const QString &path);

    ViewState view() const override; // place, search
    void setView(const ViewState &view) override;
    void focusFilter() override;
    void onShown() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makePlayer();
    void makeSaveMenu();
    void update();
    void updateHead();
    void updateHits();
    void tellShortcomings();
    void seek(Microseconds to);
    bool takeKey(const QKeyEvent &event); // true: it was the player's
    void showMenu(const QPoint &globalPos);
    void askWhereToSave(RecordingFormat format);
    void tellSaved(const QString &path, const QString &problem);

    Playback m_playback;
    PageHead *m_head;
    Banner *m_banner;
    QPushButton *m_save;
    QPushButton *m_again;
    QMenu *m_saveMenu;
    QToolButton *m_details;
    TextLabel *m_owner;
    TextLabel *m_started;
    TextLabel *m_length;
    QStackedLayout *m_stack;
    PlayerProblem *m_problem;
    RecordedTerminal *m_terminal;
    PlayerSide *m_side;
    PlayerBar *m_bar;
    std::optional<Microseconds> m_wantedAt; // of the address, before the recording is here
};

}
