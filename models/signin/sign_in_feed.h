#pragma once
// SignInSource from the engine in this process: who is seated at its console, and the token by which a machine stays signed in, which lies in the
// desktop's keychain and opens this store alone. Ui thread. Lives until the engine has stopped.

#include "backend/core/secret_bytes.h"
#include "backend/engine/engine_thread.h"
#include "models/signin/sign_in_source.h"

namespace fb {

class Keychain;
struct SignInOutcome;

class SignInFeed : public SignInSource
{
    Q_OBJECT
public:
    // `keychain`: null where machines do not stay signed in: their store is shared.
    SignInFeed(EngineThread &engine, Keychain *keychain, QObject *parent = nullptr);

    // Once the engine has started. `resumed`: the answer of what the keychain holds; not called with a state but SignedIn and Failed, the latter
    // with `notKept` saying why one is asked nevertheless, if there is something to say.
    void start(const EngineInfo &info, bool looksInKeychain,
               std::function<void(const SignInAnswer &)> resumed);

    Instant now() const override { return m_clock.now(); }
    QString whyNotStay() const override;
    void signIn(const QString &name, QString password, bool stays, Answered done) override;
    void enterCode(QString code, Answered done) override;
    void unlock(QString password, Answered done) override;
    void lock() override;
    void signOut() override;
    void used() override;
    void changePassword(QString old, QString fresh, Answered done) override;
    void readTwoStep(std::function<void(const TwoStepFacts &, const ShownError &)> done) override;
    void beginTwoStep(
        std::function<void(const QString &secret, const QString &uri, const ShownError &)> done) override;
    void confirmTwoStep(QString code,
                        std::function<void(const QStringList &codes, const ShownError &)> done) override;
    void endTwoStep(QString password, Answered done) override;
    void makeFirstAdministrator(const QString &name, QString password, Done done) override;

signals:
    void staysChanged(bool stays); // whether the keychain holds a token of this store

private:
    using Token = std::shared_ptr<const SecretBytes>;
    template <typename T>
    using Reply = std::function<void(Result<T>)>;
    // A call that answers later, on the engine's thread.
    template <typename T>
    void ask(std::function<void(Engine &, Reply<T>)> call, std::function<void(const Result<T> &)> done);
    void take(const Result<SignInOutcome> &outcome, const Answered &done);
    void keep(const Token &machineToken, SignInAnswer answer, const Answered &done);
    void forget();
    void readForbidden();
    QString entryName() const { return m_fleetId + QStringLiteral("/sign-in"); }

    EngineThread &m_engine;
    Keychain *m_keychain;
    SystemClock m_clock;
    QString m_fleetId;
    QString m_ticket;
    Token m_token;
    bool m_stays = false;
    bool m_leaves = false; // by its own wish
};

}
