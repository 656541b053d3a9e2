#pragma once
// What a console without a store shows: create one here, connect to a shared one, or try the demo fleet (ux.md 13). Each is one screen,
// and can be redone from Settings. Ui thread.

#include "models/setup/store_choice.h"
#include "models/table/shown_error.h"

#include <QWidget>

class QStackedWidget;

namespace fb {

class StoreScreen;

struct WelcomeSetup {
    QString dataDir;
    QString operatorName;
    std::optional<StoreChoice> before; // what the console runs on when this is redone
};

class WelcomeWindow : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomeWindow(const WelcomeSetup &setup, QWidget *parent = nullptr);

    void showFailure(const ShownError &failure); // on the screen that was tried
    StoreScreen *screen() const; // the one that is open; null: the choice of ways

signals:
    void chosen(const fb::StoreChoice &choice);
    void keepClicked(); // go on as before

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override; // Esc goes back
    bool focusNextPrevChild(bool next) override;

private:
    QWidget *makeChoices(const WelcomeSetup &setup);
    void open(StoreScreen *screen);
    void goBack();

    QStackedWidget *m_parts;
    QWidget *m_choices;
    QList<StoreScreen *> m_screens;
    QWidget *m_from = nullptr; // the card that opened the screen
};

}
