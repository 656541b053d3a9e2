#pragma once
// Where the page of node profiles gets its values from and its wishes go. ProfilesFeed answers with the engine in this process; tests answer
// with values. Ui thread.

#include "models/nodes/profiles/profile_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class ProfilesSource : public ListSource<ProfileRow>
{
public:
    using Done = std::function<void(const ShownError &problem)>; // an empty problem: it is done

    virtual void save(const ProfileRow &profile, bool isNew, Done done) = 0;
    virtual void remove(const QString &name, Done done) = 0;
    virtual void setForNewNodes(const QString &name, Done done) = 0; // empty: no profile
};

using ProfilesViewModel = ValueListViewModel<ProfileRow, ProfilesSource>;

}
