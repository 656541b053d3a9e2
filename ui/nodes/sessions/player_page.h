#pragma once
// sessions/<id>/play: the recording of one session, with its proof, its facts, its marks; played in a terminal, searched, saved for others
// (spec/session-manager.md 3.8, 5 "Player"). What does not match its hash is not shown. Ui thread.

#include "models/nodes/sessions/playback.h"
#include "models/nodes/sessions/recording_screen.h"
#include "ui/widgets/page.h"

class QMenu;
class QPushButton;
class QScrollArea;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class FactList;
class IconLabel;
class PageHead;
class PlaceList;
class PlayerBar;
class TerminalView;
class TextLabel;

class PlayerPage : public Page
{
    Q_OBJECT
public:
    PlayerPage(SessionsSource &sessions, TerminalThread &thread, const QString &id,
               QWidget *parent = nullptr);
    ~PlayerPage() override;

    static QString addressOf(const QString &id) { return QStringLiteral("sessions/%1/play").arg(id); }
    Playback &playback() { return m_playback; }
    TerminalModel &terminal() { return m_terminal; }
    void save(RecordingFormat format, const QString &path);

    ViewState view() const override; // place, search
    void setView(const ViewState &view) override;
    void focusFilter() override;
    void onShown() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeProblem();
    QWidget *makePlayer();
    QWidget *makeSide();
    void makeSaveMenu();
    void update();
    void updateHead();
    void updatePlaces();
    void updateHits();
    void tellShortcomings();
    void seek(Microseconds to);
    bool takeKey(const QKeyEvent &event); // true: it was the player's
    static bool isViewsKey(const QKeyEvent &event);
    void fitTerminal();
    void showCursor();
    void showMenu(const QPoint &globalPos);
    void askWhereToSave(RecordingFormat format);
    void tellSaved(const QString &path, const QString &problem);

    Playback m_playback;
    TerminalModel m_terminal;
    RecordingScreen m_screen;
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
    IconLabel *m_problemIcon = nullptr;
    TextLabel *m_problemTitle;
    TextLabel *m_problemText;
    QPushButton *m_retry;
    TerminalView *m_view;
    QScrollArea *m_area;
    QWidget *m_side;
    FactList *m_facts;
    QWidget *m_marksPart;
    PlaceList *m_marks;
    QWidget *m_hitsPart;
    PlaceList *m_hits;
    PlayerBar *m_bar;
    int m_points = 0; // of the font, where it fits
    bool m_isFitting = false;
    bool m_isZoomed = false; // by hand
    std::optional<Microseconds> m_wantedAt; // of the address, before the recording is here
};

}
