#pragma once
// Who is at the console: signing in, the second step, the lock, and why somebody was signed out. One for all windows; they show what it
// says. Ui thread.

#include "models/signin/allowed_actions.h"

#include <QTimer>

namespace fb {

class SignInViewModel : public QObject
{
    Q_OBJECT
public:
    enum class Stage {
        Open, // nobody needs to sign in: the owner of the files is here
        Starting, // the engine; it knows who has to
        Password,
        Code, // the second step
        SignedIn,
        Locked
    };

    // What went wrong, in words; on a field where it is one's.
    struct Problem {
        QString statement;
        QString sentence;
        bool operator==(const Problem &) const = default;
    };

    explicit SignInViewModel(SignInSource &source, QObject *parent = nullptr);

    Stage stage() const { return m_stage; }
    const SignedInOperator &who() const { return m_who; } // signed in or locked
    AllowedActions &allowed() { return m_allowed; }
    bool isSignedIn() const { return m_stage == Stage::SignedIn || m_stage == Stage::Locked; }
    bool isBusy() const { return m_isBusy; }
    Problem problem() const; // of the last attempt; empty statement: none
    bool isHeld() const { return secondsToWait() > 0; } // nothing is looked at for a moment
    QString note() const; // why one is asked: signed out, expired, the keychain
    QString whyNotStay() const { return m_source.whyNotStay(); }
    QString lastName() const { return m_lastName; } // who signed in here before
    void setLastName(const QString &name) { m_lastName = name; }
    // After signing in: what has to be told. Taken once.
    QString takeAdvice() { return std::exchange(m_advice, {}); }

    void setStarting();
    void setOpen();
    // The engine has started and asks. `keychainNote`: why a machine that stays signed in is asked nevertheless.
    void ask(SignOutCause cause, const QString &keychainNote = {});
    void setSignedIn(const SignedInOperator &who); // by what the keychain holds

    void signIn(const QString &name, const QString &password, bool stays);
    void enterCode(const QString &code);
    void backToPassword();
    void unlock(const QString &password);
    void lock();
    void signOut();
    void used(); // a key, a click; told to the engine now and then
    void changePassword(const QString &old, const QString &fresh, SignInSource::Answered done)
    {
        m_source.changePassword(old, fresh, std::move(done));
    }
    void makeFirstAdministrator(const QString &name, const QString &password, SignInSource::Done done)
    {
        m_source.makeFirstAdministrator(name, password, std::move(done));
    }
    // What is wrong with a new password; empty: nothing.
    static QString passwordFault(const QString &password);
    static constexpr int kShortestPassword = 12;
    static constexpr int kLongestPassword = 128;
    // As problem(), of an answer to something else than signing in.
    Problem problemOf(const SignInAnswer &answer, bool isCode = false) const;
    SignInSource &source() { return m_source; }

signals:
    void changed();
    void stageChanged();
    void attemptFailed(); // the field is typed anew
    void operatorChanged();

private:
    void setStage(Stage stage);
    void take(const SignInAnswer &answer, bool isCode);
    int secondsToWait() const;

    SignInSource &m_source;
    AllowedActions m_allowed;
    Stage m_stage = Stage::Open;
    SignedInOperator m_who;
    SignInAnswer m_last; // the last attempt
    bool m_failed = false;
    bool m_lastWasCode = false;
    bool m_isBusy = false;
    SignOutCause m_cause = SignOutCause::None;
    QString m_keychainNote;
    QString m_lastName;
    QString m_advice;
    QTimer m_second; // while there is something to wait for
    Instant m_toldUsed {};
};

}
