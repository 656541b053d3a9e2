#pragma once
// Result<T>: a value or an Error; never ignored. tl::expected with our own map and andThen, so that both keep the type.

#include "backend/core/error.h"

#include <tl/expected.hpp>

#include <type_traits>
#include <utility>

namespace fb {

template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
    using Base = tl::expected<T, Error>;

public:
    using Base::Base;
    Result() = default;
    Result(Error error) : Base(tl::unexpected<Error>(std::move(error))) { }

    // Result<U> from a function T -> U.
    template <typename Fn>
    auto map(Fn &&fn) const
    {
        if constexpr (std::is_void_v<T>) {
            using U = std::invoke_result_t<Fn>;
            return *this ? wrap<U>(std::forward<Fn>(fn)) : Result<U>(this->error());
        } else {
            using U = std::invoke_result_t<Fn, const T &>;
            return *this ? wrap<U>([&] { return std::forward<Fn>(fn)(**this); }) : Result<U>(this->error());
        }
    }

    // The Result of a function T -> Result<U>.
    template <typename Fn>
    auto andThen(Fn &&fn) const
    {
        if constexpr (std::is_void_v<T>) {
            using R = std::invoke_result_t<Fn>;
            return *this ? std::forward<Fn>(fn)() : R(this->error());
        } else {
            using R = std::invoke_result_t<Fn, const T &>;
            return *this ? std::forward<Fn>(fn)(**this) : R(this->error());
        }
    }

private:
    template <typename U, typename Fn>
    static Result<U> wrap(Fn &&fn)
    {
        if constexpr (std::is_void_v<U>) {
            std::forward<Fn>(fn)();
            return {};
        } else {
            return Result<U>(std::forward<Fn>(fn)());
        }
    }
};

inline Error makeError(ErrorCode code, std::string message, std::string field = {})
{
    return Error {code, std::move(message), std::move(field)};
}

}
