#pragma once
// One account with a password and perhaps a second step; answers at once. What a test wants to fail, fails.

#include "models/signin/sign_in_source.h"

namespace fb::test {

class FakeSignInSource final : public SignInSource
{
    Q_OBJECT
public:
    using SignInSource::SignInSource;

    Instant now() const override { return m_now; }
    QString whyNotStay() const override { return stayProblem; }
    void signIn(const QString &name, QString password, bool stays, Answered done) override
    {
        stayed = stays;
        later = [this, name, password, done] {
            if (disabled)
                return done(answer(SignInAnswer::State::Disabled));
            if (name != who.name || password != this->password)
                return done(failed());
            done(answer(code.isEmpty() ? SignInAnswer::State::SignedIn : SignInAnswer::State::NeedsCode));
        };
        if (!slow)
            go();
    }
    void enterCode(QString typed, Answered done) override
    {
        done(typed == code ? answer(SignInAnswer::State::SignedIn) : failed());
    }
    void unlock(QString typed, Answered done) override
    {
        done(typed == password ? answer(SignInAnswer::State::SignedIn) : failed());
    }
    void lock() override { emit locked(); }
    void signOut() override { emit signedOut(SignOutCause::SignedOut); }
    void used() override { ++uses; }
    void changePassword(QString old, QString fresh, Answered done) override
    {
        if (old != password)
            return done(failed());
        password = fresh;
        done(answer(SignInAnswer::State::SignedIn));
    }
    void readTwoStep(std::function<void(const TwoStepFacts &, const ShownError &)> done) override
    {
        done({.isOn = !code.isEmpty(), .since = m_now, .recoveryCodesLeft = 9}, {});
    }
    void beginTwoStep(
        std::function<void(const QString &secret, const QString &uri, const ShownError &)> done) override
    {
        done(QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
             QStringLiteral("otpauth://totp/Flagbridge:m.tanaka?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                            "&issuer=Flagbridge&algorithm=SHA1&digits=6&period=30"),
             {});
    }
    void confirmTwoStep(QString typed,
                        std::function<void(const QStringList &codes, const ShownError &)> done) override
    {
        if (typed != QStringLiteral("287082")) {
            ShownError problem;
            problem.code = QStringLiteral("ValidationException");
            problem.field = QStringLiteral("Code");
            return done({}, problem);
        }
        code = typed;
        QStringList codes;
        for (int i = 0; i < 10; ++i)
            codes << QStringLiteral("KQ3F-%1MZX-W6YT-BOI%1").arg(i % 6 + 2);
        done(codes, {});
    }
    void endTwoStep(QString typed, Answered done) override
    {
        if (typed != password)
            return done(failed());
        code.clear();
        done(answer(SignInAnswer::State::SignedIn));
    }
    void makeFirstAdministrator(const QString &name, QString fresh, Done done) override
    {
        who.name = name;
        password = fresh;
        done({});
        emit signedOut(SignOutCause::NowRequired);
    }
    void go() { std::exchange(later, {})(); }

    Instant m_now = fromMicros(1'764'000'000'000'000);
    SignedInOperator who {
        QStringLiteral("m.tanaka"), QStringLiteral("Operator"), {QStringLiteral("env=prod")}};
    QString password = QStringLiteral("correct horse battery");
    QString code; // of the second step; empty: it is off
    QString stayProblem;
    bool disabled = false;
    bool slow = false; // signIn() waits for go()
    bool stayed = false;
    int failures = 0;
    int uses = 0;
    std::function<void()> later;

private:
    SignInAnswer answer(SignInAnswer::State state) const
    {
        SignInAnswer answer;
        answer.state = state;
        answer.who = who;
        return answer;
    }
    SignInAnswer failed()
    {
        SignInAnswer answer = this->answer(SignInAnswer::State::Wrong);
        if (++failures >= 3)
            answer.waitUntil = m_now + std::chrono::seconds(4);
        return answer;
    }
};

}
