#pragma once
// The parts of a page under tabs (ux.md 4): the bar, a line under it, the parts; which one is shown, as it stands in the page's address.
// Where there is no room for all tabs, the last ones are in a menu. Tabs are known by name, never by place. Ui thread.
//
//     m_tabs->addTab(u"versions"_s, tr("Versions"), makeVersions());
//     m_tabs->writeTo(view);  // in Page::view()
//     m_tabs->readFrom(view); // in Page::setView()

#include "ui/widgets/view_state.h"

#include <QWidget>

class QHBoxLayout;
class QStackedWidget;
class QToolButton;

namespace fb {

class TabStack : public QWidget
{
    Q_OBJECT
public:
    // `name`: of the bar, as tests and screen shots find it.
    TabStack(const QString &name, const QString &accessibleName, QWidget *parent = nullptr);

    void addTab(const QString &tab, const QString &title, QWidget *content);
    void setInset(int bar,
                  int parts); // of the bar's sides, and above the parts; at first the page's margin, and none
    void setTitle(const QString &tab, const QString &title);
    // The one that opens when an address names none; at first the first.
    void setUsual(const QString &tab);

    QString current() const;
    void setCurrent(const QString &tab); // unknown: the usual one
    void writeTo(ViewState &view) const; // as "tab"; the usual one is left out
    void readFrom(const ViewState &view);

signals:
    void currentChanged(const QString &tab); // read what it shows

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Bar;
    void fold(); // tabs for which there is no room go into a menu beside the bar
    void fillMenu();
    int indexOf(const QString &tab) const; // -1: unknown

    QHBoxLayout *m_line;
    Bar *m_bar;
    QToolButton *m_more;
    QStackedWidget *m_parts;
    QString m_usual;
};

}
