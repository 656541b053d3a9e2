#pragma once
// Two-step sign-in of the operator at this console: off, being set up, its recovery codes (shown once), on. Ui thread.

#include "models/signin/sign_in_view_model.h"

namespace fb {

class TwoStepViewModel : public QObject
{
    Q_OBJECT
public:
    enum class Stage { Reading, Off, Confirming, Codes, On };

    explicit TwoStepViewModel(SignInViewModel &signIn, QObject *parent = nullptr);

    Stage stage() const { return m_stage; }
    bool isBusy() const { return m_isBusy; }
    const TwoStepFacts &facts() const { return m_facts; }
    QString secret() const { return m_secret; } // in groups of four, while confirming
    QString uri() const { return m_uri; }
    QStringList codes() const { return m_codes; }
    QString codesText() const; // as it is saved
    SignInViewModel::Problem problem() const { return m_problem; }
    QString fieldProblem() const { return m_fieldProblem; } // of the code or the password

    void read();
    void begin();
    void confirm(const QString &code);
    void end(const QString &password);
    void forgetCodes(); // they were kept

signals:
    void changed();

private:
    void setStage(Stage stage);
    void fail(const ShownError &problem);

    SignInViewModel &m_signIn;
    Stage m_stage = Stage::Reading;
    bool m_isBusy = false;
    TwoStepFacts m_facts;
    QString m_secret;
    QString m_uri;
    QStringList m_codes;
    SignInViewModel::Problem m_problem;
    QString m_fieldProblem;
};

}
