#pragma once
// A screen of the welcome page: title, sentence, form, and the button that starts. What each way has in common. Ui thread.

#include "models/setup/store_choice.h"
#include "models/table/shown_error.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fb {

class Banner;

class StoreScreen : public QWidget
{
    Q_OBJECT
public:
    virtual StoreChoice choice() const = 0;
    virtual void show(const StoreChoice &) { } // as chosen before
    virtual bool showProblem(const StoreChoice::Problem &) { return false; } // at its field

    void submit();
    void setStarting(bool starting); // the engine is on its way
    bool isStarting() const;
    void showFailure(const ShownError &failure); // it did not start with this

signals:
    void chosen(const fb::StoreChoice &choice);
    void backClicked();

protected:
    StoreScreen(const QString &name, const QString &title, const QString &sentence, const QString &verb);
    QVBoxLayout *form() const;
    virtual void clearProblems() { }

private:
    QWidget *m_form;
    Banner *m_banner;
    QPushButton *m_back;
    QPushButton *m_start;
    QString m_verb;
};

}
