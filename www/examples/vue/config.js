export const config = {
  collector: "/collect",
  site: "demo-shop",
  track: {
    sign_up: {
      form: "#newsletter",
      success: ".thanks",
      method: "newsletter",
    },
  },
};
