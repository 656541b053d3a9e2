#pragma once
// The bar at the top (look.md 6): logo, menu, back, forward, breadcrumb, search, operator. Ui thread.

#include <QList>
#include <QPair>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QPushButton;
class QToolButton;

namespace fb {

class TextLabel;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    explicit TopBar(QMenu *menu, QWidget *parent = nullptr);

    void setHistory(bool canBack, bool canForward);
    void
    setCrumbs(const QList<QPair<QString, QString>> &crumbs); // title, address; the last one is where we are
    void setOperator(const QString &name, const QString &role);
    void openMenu();

signals:
    void backClicked();
    void forwardClicked();
    void crumbClicked(const QString &address);
    void searchClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QMenu *m_menu;
    QToolButton *m_menuButton;
    QToolButton *m_back;
    QToolButton *m_forward;
    QWidget *m_crumbBox;
    QHBoxLayout *m_crumbs;
    TextLabel *m_operatorName;
    TextLabel *m_operatorRole;
    QWidget *m_badge;
};

}
