#pragma once
// The bar at the top (look.md 6): logo, menu, back, forward, breadcrumb, search, activity, bell, operator. Ui thread.

#include "ui/theme/icon.h"

#include <QList>
#include <QPair>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QMenu;
class QPushButton;
class QToolButton;

namespace fb {

class OperatorButton;
class SearchButton;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    // `menu`: every command; `operatorMenu`: who is here, and what is about them.
    TopBar(QMenu *menu, QMenu *operatorMenu, QWidget *parent = nullptr);

    void setHistory(bool canBack, bool canForward);
    void
    setCrumbs(const QList<QPair<QString, QString>> &crumbs); // title, address; the last one is where we are
    void addDockButton(const QString &name, Icon icon, QAction *toggle); // left of the operator
    void setDockNews(const QString &name, bool news); // a dot at its icon
    void setOperator(const QString &name, const QString &role);
    void setHints(const QString &menuKeys, const QString &backKeys, const QString &forwardKeys,
                  const QString &searchKeys); // native text, for tooltips; empty: none
    void openMenu();
    void openOperatorMenu();

signals:
    void backClicked();
    void forwardClicked();
    void crumbClicked(const QString &address);
    void searchClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void foldCrumbs(); // where there is no room, the first ones go

    QMenu *m_menu;
    QMenu *m_operatorMenu;
    QToolButton *m_menuButton;
    QToolButton *m_back;
    QToolButton *m_forward;
    QWidget *m_crumbBox;
    QHBoxLayout *m_crumbs;
    SearchButton *m_search;
    OperatorButton *m_operator;
    QHBoxLayout *m_dockButtons;
};

}
