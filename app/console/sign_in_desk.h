#pragma once
// Who is at this console, over all of its windows: asks where operators have passwords, resumes what the keychain holds, locks, and tells the
// program when somebody is seated or has left. One for each engine. Ui thread.

#include "models/settings/console_settings.h"
#include "models/signin/sign_in_feed.h"
#include "models/signin/sign_in_view_model.h"
#include "ui/signin/lock_screen.h"
#include "ui/signin/sign_in_window.h"
#include "ui/signin/use_watch.h"

#include <memory>

namespace fb {

class SignInDesk : public QObject
{
    Q_OBJECT
public:
    struct Setup {
        Keychain *keychain = nullptr; // null: no machine stays signed in
        QString settingsFile;
        QString store; // what is signed in to
    };

    SignInDesk(EngineThread &engine, const Setup &setup, QObject *parent = nullptr);
    ~SignInDesk() override;

    bool isExpected() const; // somebody had to sign in the last time
    bool isLocked() const { return m_model.stage() == SignInViewModel::Stage::Locked; }
    SignInViewModel &model() { return m_model; }
    void begin(const EngineInfo &info); // the engine has started: seated() or left() follows

    SignInWindow &window(); // made when first shown
    void showWindow();
    void hideWindow();

signals:
    void seated();
    void left();
    void lockedChanged(bool locked);

private:
    void onStage();

    SignInFeed m_feed;
    SignInViewModel m_model;
    ConsoleSettings m_settings;
    QString m_store;
    UseWatch m_watch;
    std::unique_ptr<SignInWindow> m_window;
    bool m_isSeated = false;
    bool m_wasLocked = false;
};

}
