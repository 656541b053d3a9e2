#pragma once
// Base of every page that the shell shows. A page has an address ("fleet", "run-command/3f2c..."), from which it can be made again, and a
// view of it (tab, filter, row), which history and links restore. It asks the shell to go elsewhere with a signal. Ui thread.

#include "ui/theme/icon.h"
#include "ui/widgets/view_state.h"

#include <QWidget>

#include <functional>

namespace fb {

class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(const QString &address, QWidget *parent = nullptr);

    QString address() const { return m_address; }
    // Crumbs after the entry's own title: empty for the entry's first page.
    QString crumb() const { return m_crumb; }

    virtual ViewState view() const { return {}; }
    virtual void setView(const ViewState &) { } // what it names and is gone is left out

public slots:
    virtual void onShown() { } // came to the front
    virtual void focusFilter() { } // Ctrl+F

signals:
    void crumbChanged();
    void viewChanged(); // view() answers something else now
    void navigate(const QString &address);
    void outdated(); // what it stands for can be shown now: the shell makes the page of its address anew

protected:
    void setCrumb(const QString &crumb);
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_address;
    QString m_crumb;
};

// What the sidebar shows and how its pages are made. `rest` is the address after "name/"; empty: the entry's first page.
struct PageEntry {
    QString name; // first part of the address
    QString group; // sidebar group, translated
    QString title; // translated
    Icon icon = Icon::None;
    std::function<Page *(const QString &rest, QWidget *parent)> make; // nullptr: no such page
};

}
